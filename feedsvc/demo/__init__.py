"""A sample newsroom to try feedsvc on: sites, a feed, an API, one slow, one broken."""
