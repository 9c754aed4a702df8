"""Where the cases of what sources do (reliability.md, 48–69) are tested, kept true.

Every case is also lived through in ``tests/week`` or asked in whole visits by
``tests/collect/test_cases.py``, whose subscriber sees to it that no id changes and that
nothing is lost, emptied or doubled.
"""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

WEEK = (
    "week/test_week.py::test_a_spell_leaves_its_record_and_its_alarm_until_it_is_over"
)

CASES = {
    48: (
        "collect/test_manners.py::test_a_challenge_is_no_list_and_brings_no_storm",
        "collect/test_visit.py::test_a_challenge_instead_of_an_article_is_refused",
        "collect/test_recheck.py::test_a_page_that_became_a_challenge_changes_nothing",
        "extract/test_listing.py::test_a_challenge_page_is_no_empty_list",
        WEEK,
    ),
    49: (
        "collect/test_manners.py::test_a_list_that_is_suddenly_empty_keeps_what_stands",
        "decide/test_gates.py::test_a_list_that_empties_is_not_believed",
        "decide/test_history.py::test_a_list_that_is_not_believed_for_days_is_told_beyond_its_cause",
        "collect/test_gates.py::test_a_list_that_stays_empty_is_told_beyond_its_cause_until_it_is_back",
        WEEK,
    ),
    50: (
        "collect/test_visit_history.py::test_two_sources_of_one_address_keep_their_conditions_apart",
        "collect/test_visit_history.py::test_an_edited_proxy_is_another_way_and_asks_on_no_conditions",
    ),
    51: (
        "collect/test_cases.py::test_a_changed_layout_empties_nothing_and_brings_no_garbage",
        "collect/test_cases.py::test_a_list_that_becomes_short_is_no_changed_layout",
        "collect/test_gates.py::test_a_list_that_shows_something_else_is_held_whole",
        "collect/test_gates.py::test_a_field_that_a_site_stops_giving_is_told_until_it_is_back",
        "decide/test_gates.py::test_a_list_of_strangers_is_held",
        WEEK,
    ),
    52: (
        "collect/test_gates.py::test_a_list_that_dates_all_anew_is_held_until_its_dates_agree",
        "decide/test_changes.py::test_an_edit_is_dated_when_it_was_seen_and_moves_nothing_else",
        "decide/test_redating.py::test_a_list_that_dates_most_anew_is_not_believed",
        "week/test_week.py::test_a_date_moved_only_where_a_day_became_a_time",
        WEEK,
    ),
    53: (
        "collect/test_entries.py::test_ids_that_change_each_time_make_no_duplicates",
        "collect/test_cases.py::test_an_article_that_changes_at_every_visit_counts_as_edited_24_times",
        "week/test_week.py::test_updated_moved_once_for_each_edit_and_for_nothing_else",
    ),
    54: (
        "collect/test_entries.py::test_an_id_that_all_entries_share_names_none_of_them",
        "decide/test_entries.py::test_an_own_id_that_several_addresses_share_names_none_of_them",
        "normalize/test_identity.py::test_what_an_article_is_known_by",
    ),
    55: (
        "collect/test_manners.py::test_retry_after_is_kept_within_a_day_and_nonsense_is_none",
        "collect/test_manners.py::test_one_hosts_retry_after_silences_no_other",
        "schedule/test_embedded.py::test_a_clock_set_back_keeps_no_source_waiting_for_it",
        "week/test_week.py::test_what_retry_after_asked_for_is_kept_over_restarts",
    ),
    56: (
        "collect/test_manners.py::test_every_status_has_its_fault_and_its_next_try",
        WEEK,
    ),
    57: (
        "extract/test_sitemap.py::test_a_huge_sitemap_is_capped_in_time",
        "extract/test_sitemap.py::test_a_long_list_is_capped",
        "extract/test_sitemap.py::test_an_index_gives_its_newest_children_but_not_itself",
        "collect/test_visit.py::test_the_sitemaps_of_an_index_are_read_though_the_index_rests",
    ),
    58: (
        "collect/test_cases.py::test_an_article_that_is_linked_in_many_ways_is_one",
        "collect/test_entries.py::test_one_address_listed_twice_is_one_article",
        "collect/test_entries.py::test_two_addresses_with_one_canonical_are_one_article",
        "collect/test_entries.py::test_an_article_of_two_sources_is_one_and_filed_under_both",
        "text/test_urls.py::test_one_article_has_one_identity",
    ),
    59: (
        "collect/test_cases.py::test_an_address_is_absolute_however_it_is_written",
        "extract/test_feed.py::test_addresses_are_relative_to_their_xml_base",
        "text/test_urls.py::test_a_link_becomes_absolute_or_is_none",
    ),
    60: (
        "collect/test_cases.py::test_a_date_that_cannot_be_is_the_moment_of_the_first_visit_for_ever",
        "collect/test_entries.py::test_an_article_without_a_date_is_dated_once",
    ),
    61: (
        "collect/test_cases.py::test_a_date_that_cannot_be_is_the_moment_of_the_first_visit_for_ever",
        "normalize/test_dates.py::test_no_date_is_in_the_future_and_none_is_made_up",
        WEEK,
    ),
    62: (
        "collect/test_cases.py::test_a_date_is_read_as_its_site_writes_it",
        "normalize/test_dates.py::test_a_date_by_the_sources_own_pattern_is_not_ambiguous",
        "text/test_dates.py::test_what_is_no_date_or_could_be_two_is_refused",
    ),
    63: (
        "collect/test_cases.py::test_a_date_is_read_as_its_site_writes_it",
        "collect/test_cases.py::test_a_day_that_does_not_exist_is_no_date",
        "text/test_dates.py::test_chinese",
        "text/test_dates.py::test_a_named_zone_wins_and_cst_depends_on_the_page",
    ),
    64: (
        "collect/test_cases.py::test_an_edited_zone_moves_no_date_that_was_published",
        "text/test_dates.py::test_clock_changes_leave_a_moment_that_exists",
    ),
    65: (
        "collect/test_cases.py::test_json_that_says_the_same_otherwise_is_the_same",
        "extract/test_records.py::test_odd_json_is_read_for_what_it_says",
        "extract/test_records.py::test_epochs_are_handed_on_as_text",
    ),
    66: (
        "collect/test_cases.py::test_a_withdrawn_article_that_is_listed_again_returns_with_its_id",
        "collect/test_recheck.py::test_what_is_gone_twice_is_withdrawn_and_may_return",
        "week/test_week.py::test_what_was_taken_back_left_and_what_came_back_kept_its_id",
    ),
    67: (
        "collect/test_cases.py::test_a_new_title_an_edited_address_and_a_correction_keep_the_id",
        "collect/test_moves.py::test_the_new_address_is_read_again_for_corrections",
        "collect/test_recheck.py::test_a_correction_is_seen_and_moves_updated_alone",
        "week/test_week.py::test_an_edited_address_is_no_news",
    ),
    68: (
        "collect/test_visit_history.py::test_the_other_edition_of_a_site_is_told_by_its_language",
        "fetch/test_requests.py::test_a_source_is_asked_for_its_own_language",
    ),
    69: (
        "collect/test_manners.py::test_robots_txt_holds_a_visit_by_hand_and_is_asked_for_daily",
        "fetch/test_robots.py::test_500_kib_are_parsed_and_no_more",
        "fetch/test_robots.py::test_a_missing_file_allows_and_one_out_of_reach_does_not",
    ),
}  # fmt: skip


def test_every_case_of_what_sources_do_has_its_tests() -> None:
    assert list(CASES) == list(range(48, 70))


@pytest.mark.parametrize("number", CASES)
def test_the_tests_of_a_case_are_there(number: int) -> None:
    for test in CASES[number]:
        path, name = test.split("::")
        text = (TESTS / path).read_text(encoding="utf-8")
        assert re.search(rf"^(?:async )?def {name}\(", text, re.MULTILINE), test
