"""Worker processes: bounded, mortal, and no danger to each other."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from feedsvc.errors import Code, ExtractError, Fault, Stage
from feedsvc.pool import Inline, Processes

pytestmark = pytest.mark.integration


def double(number: int) -> int:
    return number * 2


def hang() -> None:
    while True:
        pass


def refuse() -> None:
    raise ValueError("as told")


def refuse_page() -> None:
    raise ExtractError(
        Fault(code=Code.E_NOT_A_FEED, stage=Stage.EXTRACT, args={"found": "-"})
    )


def hoard() -> int:
    return len(bytearray(3 << 30))


def process() -> int:
    return os.getpid()


@pytest_asyncio.fixture
async def processes() -> AsyncIterator[Processes]:
    async with Processes(2, limit=0.5) as pool:
        yield pool


async def test_work_is_done_in_another_process(processes: Processes) -> None:
    assert await processes.run(double, 21) == 42
    assert await processes.run(process) != os.getpid()


async def test_work_runs_side_by_side_and_reuses_its_processes(
    processes: Processes,
) -> None:
    pids = await asyncio.gather(*(processes.run(process) for _ in range(8)))
    assert len(set(pids)) == 2


async def test_work_that_hangs_is_ended_and_its_neighbour_is_not(
    processes: Processes,
) -> None:
    hanging = asyncio.create_task(processes.run(hang))
    answers = [await processes.run(double, n) for n in range(20)]
    with pytest.raises(ExtractError) as failure:
        await hanging
    assert failure.value.fault.code is Code.E_EXTRACT
    assert answers == [2 * n for n in range(20)]
    assert await processes.run(double, 4) == 8


async def test_work_that_hoards_memory_fails_alone(processes: Processes) -> None:
    with pytest.raises(ExtractError):
        await processes.run(hoard)
    assert await processes.run(double, 4) == 8


async def test_what_the_work_raises_arrives(processes: Processes) -> None:
    with pytest.raises(ValueError, match="as told"):
        await processes.run(refuse)


async def test_a_refused_page_arrives_with_its_fault(processes: Processes) -> None:
    with pytest.raises(ExtractError) as refusal:
        await processes.run(refuse_page)
    assert refusal.value.fault.code is Code.E_NOT_A_FEED
    assert refusal.value.fault.args == {"found": "-"}


async def test_the_twin_works_here() -> None:
    assert await Inline().run(process) == os.getpid()


def test_workers_die_with_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import asyncio, os, time\n"
        "from feedsvc.pool import Processes\n"
        "async def main():\n"
        "    async with Processes(1) as pool:\n"
        "        print(await pool.run(os.getpid), flush=True)\n"
        "        time.sleep(60)\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(main())\n",
        encoding="utf-8",
    )
    parent = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not is_running(worker):
            return
        time.sleep(0.05)
    pytest.fail(f"worker {worker} outlived its parent")


def is_running(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"
