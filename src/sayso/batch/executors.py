"""Where parts are made: here, in processes of this machine, or on a Dask cluster.

Each is a ``concurrent.futures.Executor``. Processes are spawned, not forked: that works on every
platform, and threads of the language model are not torn apart.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from distributed import Client

AGAIN = "run it once more: what is finished is kept"
PATIENCE = 60
"""Seconds to wait for a cluster's first worker."""


def cores() -> int:
    """Return how many cores this process may use."""
    own = getattr(os, "sched_getaffinity", None)  # not on every platform
    return len(own(0)) if own else os.cpu_count() or 1


@contextlib.contextmanager
def executor(workers: int, scheduler: str | Client | None) -> Iterator[tuple[Executor, Callable]]:
    """Give an executor and a function that tells how many parts it makes at a time.

    Raises
    ------
    ValueError
        If a scheduler is named and Dask is not installed.
    OSError
        If a worker ended, or no cluster can be reached; what helps is told.
    """
    if scheduler is not None:
        with _cluster(scheduler) as found:
            yield found
    elif workers > 1:
        with _processes(workers) as pool:
            yield pool, lambda: workers
    else:
        yield _Here(), lambda: 0


@contextlib.contextmanager
def each_of(workers: int = 1, scheduler: str | Client | None = None) -> Iterator[Callable]:
    """Give what applies a function to the parts of a corpus as ``map`` does, on many cores.

    It is for analyses that take ``each``: ``duplicates``, ``shared_paragraphs``, ``events``,
    ``statements`` and ``coverage`` of a corpus. Workers read the parts of a store themselves, at
    the same path. Raises what :func:`executor` does.
    """
    with executor(workers, scheduler) as (run, at_once):

        def each(make: Callable, things: Iterable) -> Iterator:
            jobs = ((None, (make, one)) for one in things)
            return (made for _, made in in_order(run, at_once, _made, jobs))

        yield each


def _made(job: tuple[Callable, Any]) -> Any:
    """Return what a function makes of a thing; what it yields as a list, which can be sent."""
    make, thing = job
    found = make(thing)
    return list(found) if isinstance(found, Iterator) else found


def in_order(
    run: Executor, at_once: Callable[[], int], make: Callable, jobs: Iterable[tuple[Any, Any]]
) -> Iterator[tuple[Any, Any]]:
    """Return what ``make`` makes of jobs, each with its key, in the order of the jobs.

    A job that is null makes nothing. Jobs are taken as they are needed, one ahead for each that is
    being made, so that memory does not grow with their number.
    """
    waiting: deque[tuple[Any, Future | None]] = deque()
    for key, job in jobs:
        waiting.append((key, None if job is None else run.submit(make, job)))
        while waiting and len(waiting) > 2 * at_once():
            key, made = waiting.popleft()
            yield key, made and made.result()
    for key, made in waiting:
        yield key, made and made.result()


class _Here(Executor):
    """Runs what it is given at once, in this process."""

    def submit(self, fn: Callable, /, *args: Any, **kwargs: Any) -> Future:
        done: Future = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@contextlib.contextmanager
def _processes(n: int) -> Iterator[Executor]:
    """Give a pool of processes that end when this one does or is interrupted, however it ends."""
    context = multiprocessing.get_context("spawn")
    held, holds = context.Pipe(duplex=False)
    pool = _Pool(n, context, _begin, (held,))
    try:
        yield pool
        pool.shutdown()
    except BrokenProcessPool as error:
        why = "a worker was ended from outside, maybe for want of memory, or it could not begin"
        raise OSError(f"{why}; {AGAIN}, with fewer workers") from error
    finally:
        holds.close()
        pool.shutdown(wait=False, cancel_futures=True)
        held.close()


class _Pool(ProcessPoolExecutor):
    """Begins processes with interruptions held back, as they begin long before they can be told."""

    def submit(self, fn: Callable, /, *args: Any, **kwargs: Any) -> Future:
        with _held_back():
            return super().submit(fn, *args, **kwargs)


@contextlib.contextmanager
def _held_back() -> Iterator[None]:
    """Hold interruptions back, from this thread and from what it begins, where that can be done."""
    mask = getattr(signal, "pthread_sigmask", None)  # not on every platform
    before = mask(signal.SIG_BLOCK, [signal.SIGINT]) if mask else None
    try:
        yield
    finally:
        if mask:
            mask(signal.SIG_SETMASK, before)


def _begin(held: Connection) -> None:
    """Begin a worker: an interruption is its parent's to see, and it ends when the pipe does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(held,), daemon=True).start()


def _end_with(held: Connection) -> None:
    with contextlib.suppress(EOFError, OSError):
        held.recv()
    os._exit(1)


@contextlib.contextmanager
def _cluster(scheduler: str | Client) -> Iterator[tuple[Executor, Callable]]:
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise ValueError("a scheduler needs Dask: pip install 'sayso[cluster]'") from None
    own = isinstance(scheduler, str)
    client = Client(scheduler) if own else scheduler
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        run = client.get_executor(retries=3)
        try:
            yield run, lambda: max(1, sum(client.nthreads().values()))
        finally:
            run.shutdown(wait=False)
    except KilledWorker as error:
        raise OSError(f"workers ended while they made a part ({error}); {AGAIN}") from error
    finally:
        if own:
            client.close()
