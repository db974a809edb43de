"""How does long work run beside the screens?  In one worker process; jobs belong to their owner and survive reruns."""

import itertools
import multiprocessing
import os
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from ingest.errors import FilatureError
from workbench.bootstrap import Workbench
from workbench.settings import Settings

TaskName = Literal["ingest", "detect", "rebuild"]
State = Literal["waiting", "running", "done", "failed"]
KEPT = 50
"""Finished jobs that are remembered; the oldest leave first."""
_REPORT_EVERY_S = 0.2


@dataclass(frozen=True)
class Task:
    """What to do in a case; ``sources`` and the choices after it are for ``ingest``, ``kinds`` for ``detect``."""

    name: TaskName
    settings: Settings
    case: str
    sources: tuple[Path, ...] = ()
    format: str = "auto"
    mapping: str | None = None
    timezone: str | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """A snapshot of a job: ``done`` of ``total`` in the present ``stage``, then ``result`` or a one-line ``error``."""

    id: str
    owner: str
    task: Task
    state: State = "waiting"
    stage: str = ""
    done: int = 0
    total: int | None = None
    started: float = 0.0
    seconds: float = 0.0
    result: dict[str, Any] = field(default_factory=dict)
    error: str = ""

    @property
    def finished(self) -> bool:
        return self.state in ("done", "failed")

    @property
    def share(self) -> float:
        """What is done of the stage, 0 to 1; 0 where the total is unknown."""
        return min(1.0, self.done / self.total) if self.total else 0.0


class Jobs:
    """One worker process for one server; ``submit`` queues, ``of`` gives an owner's jobs, newest first."""

    def __init__(self) -> None:
        # never fork a server that has threads
        context = multiprocessing.get_context("spawn")
        self._progress = context.SimpleQueue()
        self._pool = ProcessPoolExecutor(
            1, mp_context=context, initializer=_begin_worker, initargs=(self._progress, os.getpid())
        )
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        threading.Thread(target=self._listen, name="filature-job-progress", daemon=True).start()

    def submit(self, task: Task, *, owner: str) -> Job:
        """Queue the task; it starts when those before it are done."""
        job = Job(f"job-{next(self._numbers)}", owner, task, started=time.time())
        with self._lock:
            self._jobs[job.id] = job
            finished = [other.id for other in self._jobs.values() if other.finished]
            for old in finished[: max(0, len(self._jobs) - KEPT)]:
                del self._jobs[old]
        future = self._pool.submit(run_task, job.id, task)
        future.add_done_callback(lambda ended: self._finish(job.id, ended))
        return job

    def of(self, owner: str) -> tuple[Job, ...]:
        """The owner's jobs, newest first."""
        with self._lock:
            return tuple(job for job in reversed(self._jobs.values()) if job.owner == owner)

    def close(self) -> None:
        """Drop what waits and end the worker."""
        workers = list((self._pool._processes or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join(timeout=10)
        self._progress.put(None)

    def _listen(self) -> None:
        while (message := self._progress.get()) is not None:
            identity, stage, done, total = message
            self._change(identity, state="running", stage=stage, done=done, total=total)

    def _finish(self, identity: str, ended: "Future[dict[str, Any]]") -> None:
        if ended.cancelled():
            self._change(identity, state="failed", error="cancelled: the server is stopping", final=True)
            return
        error = ended.exception()
        if error is None:
            self._change(identity, state="done", result=ended.result(), final=True)
        else:
            self._change(identity, state="failed", error=_one_line(error), final=True)

    def _change(self, identity: str, *, final: bool = False, **values: Any) -> None:
        with self._lock:
            job = self._jobs.get(identity)
            # a late progress message must not wake a finished job
            if job is not None and not job.finished:
                seconds = time.time() - job.started if final else job.seconds
                self._jobs[identity] = replace(job, seconds=seconds, **values)


def run_task(identity: str, task: Task) -> dict[str, Any]:
    """Carry out a task; called in the worker process."""
    report = _Reporter(identity)
    with Workbench(task.settings) as workbench:
        if task.name == "ingest":
            case = workbench.case(task.case, create=True)
            return workbench.ingest(
                case, task.sources, format=task.format, mapping=task.mapping, timezone=task.timezone, progress=report
            ).to_dict()
        case = workbench.case(task.case)
        if task.name == "detect":
            document = workbench.detect(case, task.kinds, progress=report)
            return {"run_id": document.run_id, "findings": len(document.findings)}
        loaded = workbench.rebuild(case, progress=report)
        return {"nodes": loaded.nodes, "relationships": loaded.relationships}


def _one_line(error: BaseException) -> str:
    if isinstance(error, FilatureError):
        return str(error)
    if isinstance(error, BrokenProcessPool):
        return "the worker process ended unexpectedly; what it had not committed is not in the evidence; try again"
    return f"unexpected {type(error).__name__}: {' '.join(str(error).split())[:300]}"


_queue: Any = None


def _begin_worker(queue: Any, parent: int) -> None:
    """Keep the way to the server, and end with it."""
    global _queue
    _queue = queue
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)


@dataclass
class _Reporter:
    """Sends progress to the server, at most five times a second and at every new stage."""

    identity: str
    stage: str = ""
    sent: float = 0.0

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if stage != self.stage or now - self.sent >= _REPORT_EVERY_S or done == total:
            self.stage, self.sent = stage, now
            if _queue is not None:
                _queue.put((self.identity, stage, done, total))
