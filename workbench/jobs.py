"""How does long work run beside the screens?  In one worker process; jobs belong to their owner and survive reruns."""

import itertools
import multiprocessing
import os
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from ingest.batch.report import IngestReport
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import Counts
from ingest.errors import FilatureError
from ingest.runtime.priority import give_way
from ingest.runtime.progress import Progress
from ingest.tables import TABLES
from workbench.bootstrap import Reading, Workbench
from workbench.case_measures import measured
from workbench.disclosure.package import disclose
from workbench.errors import Cancelled, WorkbenchError
from workbench.report.choice import Choice
from workbench.report.kept import FOLDER, PACKAGE
from workbench.report.make import make_report
from workbench.settings import Settings

TaskName = Literal["ingest", "detect", "rebuild", "report", "measure"]
State = Literal["waiting", "running", "done", "failed", "cancelled"]
KEPT = 50
"""Finished jobs that are remembered; the oldest leave first."""
_REPORT_EVERY_S = 0.2
_GIVEN_UP: tuple[TaskName, ...] = ("ingest", "report", "measure")
"""What can be given up once it runs."""
_ENDS_WITHIN_S = 5.0
_PREFIX = "job-"


@dataclass(frozen=True)
class Task:
    """What to do in a case.

    ``readings`` are for ``ingest``, ``kinds`` and ``parameters`` for ``detect``, ``choice`` and ``to`` (the format)
    for ``report``, ``measures`` for ``measure``; ``user`` is who asked for it and in whose name it is done (empty: the
    person of the settings).
    """

    name: TaskName
    settings: Settings
    case: str
    readings: tuple[Reading, ...] = ()
    kinds: tuple[str, ...] = ()
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    choice: Choice | None = None
    to: str = ""
    measures: tuple[str, ...] = ()
    user: str = ""


@dataclass(frozen=True)
class Job:
    """A snapshot of a job: ``done`` of ``total`` in the present ``stage``, then ``result`` or a ``problem``.

    ``error``: the problem in one line.  ``cancellable``: may it still be given up?  ``seen``: its owner read the end.
    """

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
    problem: FilatureError | None = None
    cancellable: bool = False
    seen: bool = False

    @property
    def finished(self) -> bool:
        return self.state in ("done", "failed", "cancelled")

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
        self._given_up = context.Array("q", KEPT)  # numbers of jobs that somebody gave up, each at its place
        self._pool = ProcessPoolExecutor(
            1, mp_context=context, initializer=_begin_worker, initargs=(self._progress, self._given_up, os.getpid())
        )
        self._jobs: dict[str, Job] = {}
        self._futures: dict[str, Future[dict[str, Any]]] = {}
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        threading.Thread(target=self._listen, name="filature-job-progress", daemon=True).start()

    def submit(self, task: Task, *, owner: str) -> Job:
        """Queue the task, which is done in the owner's name; it starts when those before it are done."""
        task = replace(task, user=owner)
        job = Job(
            f"{_PREFIX}{next(self._numbers)}", owner, task, started=time.time(), cancellable=task.name in _GIVEN_UP
        )
        with self._lock:
            self._jobs[job.id] = job
            finished = [other.id for other in self._jobs.values() if other.finished]
            for old in finished[: max(0, len(self._jobs) - KEPT)]:
                del self._jobs[old]
                self._futures.pop(old, None)
        future = self._pool.submit(run_task, job.id, task)
        self._futures[job.id] = future
        future.add_done_callback(lambda ended: self._finish(job.id, ended))
        return job

    def of(self, owner: str) -> tuple[Job, ...]:
        """The owner's jobs, newest first."""
        with self._lock:
            return tuple(job for job in reversed(self._jobs.values()) if job.owner == owner)

    def cancel(self, identity: str, *, owner: str) -> None:
        """Give up the owner's job while it waits or reads; what it had committed stays."""
        job = next((job for job in self.of(owner) if job.id == identity), None)
        if job is None or job.finished or not job.cancellable:
            return
        if not self._futures[identity].cancel():
            number = _number(identity)
            self._given_up[number % KEPT] = number

    def put_away(self, identity: str, *, owner: str) -> None:
        """The owner has read how the job ended, and with it those of its sort in the case that ended before."""
        with self._lock:
            job = self._jobs.get(identity)
            if job is None or job.owner != owner or not job.finished:
                return
            for name, one in self._jobs.items():
                alike = (one.owner, one.task.name, one.task.case) == (owner, job.task.name, job.task.case)
                if alike and one.finished:
                    self._jobs[name] = replace(one, seen=True)

    def close(self) -> None:
        """Drop what waits and end the worker, whatever it is at; what it had not committed is no evidence."""
        workers = list((self._pool._processes or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join(timeout=_ENDS_WITHIN_S)
            if worker.is_alive():
                worker.kill()
        # a worker that ended while it told its progress keeps the queue's lock for ever: nobody waits for that
        threading.Thread(target=self._progress.put, args=(None,), name="filature-job-end", daemon=True).start()

    def _listen(self) -> None:
        while (message := self._progress.get()) is not None:
            identity, stage, done, total, cancellable = message
            self._change(identity, state="running", stage=stage, done=done, total=total, cancellable=cancellable)

    def _finish(self, identity: str, ended: "Future[dict[str, Any]]") -> None:
        if ended.cancelled():
            self._change(identity, state="cancelled", final=True)
            return
        error = ended.exception()
        if error is None:
            self._change(identity, state="done", result=ended.result(), final=True)
        elif isinstance(error, Cancelled):
            self._change(identity, state="cancelled", final=True)
        else:
            problem = _problem(error)
            self._change(identity, state="failed", error=str(problem), problem=problem, final=True)

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
    with Workbench(task.settings) as own:
        workbench = own.acting(task.user) if task.user else own
        if task.name == "ingest":
            existed = task.case in workbench.cases()
            case = workbench.case(task.case, create=True)
            try:
                reports = workbench.read(
                    case, task.readings, progress=report, while_reading=_Cancellable(report, identity)
                )
            except BaseException:
                if not existed:
                    case.discard_if_empty()
                raise
            return _merged(reports)
        case = workbench.case(task.case)
        if task.name == "detect":
            document = workbench.detect(case, task.kinds, parameters=task.parameters, progress=report)
            return {"run_id": document.run_id, "findings": len(document.findings)}
        if task.name == "measure":
            measured(
                case, lambda: workbench.lake(case), task.measures, progress=_Cancellable(report, identity)
            )
            return {"measures": list(task.measures)}
        if task.name == "report":
            return _reported(workbench, case, task, _Cancellable(report, identity))
        loaded = workbench.rebuild(case, progress=report)
        return {"nodes": loaded.nodes, "relationships": loaded.relationships}


def _reported(workbench: Workbench, case: CaseFolder, task: Task, progress: Progress) -> dict[str, Any]:
    """The report, or disclosure package, under the next number among the case's; the one worker makes one at a time."""
    if task.choice is None:
        raise ValueError("a report needs its choice")
    if task.to == PACKAGE:
        path = _next(case, PACKAGE, "zip")
        package = disclose(workbench, case, task.choice, path, user=task.user or None, progress=progress)
        return {"path": str(package.path), "sha256": package.sha256, "to": task.to, "withheld": package.withheld}
    path = _next(case, "report", task.to)
    made = make_report(workbench, case, task.choice, to=task.to, path=path, user=task.user, progress=progress)
    return {"path": str(made.path), "sha256": made.sha256, "to": task.to, "withheld": made.withheld}


def _next(case: CaseFolder, name: str, suffix: str) -> Path:
    """``reports/NAME-N.SUFFIX`` with the first number that no file of that name has."""
    folder = case.path / FOLDER
    folder.mkdir(exist_ok=True)
    numbers = (path.stem.removeprefix(f"{name}-") for path in folder.glob(f"{name}-*.*"))
    return folder / f"{name}-{1 + max((int(one) for one in numbers if one.isdigit()), default=0)}.{suffix}"


def _number(identity: str) -> int:
    return int(identity.removeprefix(_PREFIX))


def _merged(reports: Sequence[IngestReport]) -> dict[str, Any]:
    """Several reports as one: sources and files left aside of all, counts added up."""
    tables: dict[str, Counts] = {}
    for report in reports:
        for table, counts in report.tables.items():
            tables[table] = tables[table] + counts if table in tables else counts
    return {
        "sources": [source for report in reports for source in report.to_dict()["sources"]],
        "tables": {name: asdict(tables[name]) for name in TABLES if name in tables},
        "ignored": [name for report in reports for name in report.ignored],
    }


def _problem(error: BaseException) -> FilatureError:
    """What went wrong as an error that a person can be told."""
    if isinstance(error, FilatureError):
        return error
    if isinstance(error, BrokenProcessPool):
        return WorkbenchError(
            "the worker process ended unexpectedly", fix="what it had not committed is not in the evidence; try again"
        )
    return WorkbenchError(f"unexpected {type(error).__name__}: {' '.join(str(error).split())[:300]}")


_queue: Any = None
_given_up: Any = None


def _begin_worker(queue: Any, given_up: Any, parent: int) -> None:
    """Keep the ways to and from the server, and end with it."""
    global _queue, _given_up
    _queue, _given_up = queue, given_up
    give_way()
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

    def __call__(self, stage: str, done: int, total: int | None, *, cancellable: bool = False) -> None:
        now = time.monotonic()
        if stage != self.stage or now - self.sent >= _REPORT_EVERY_S or done == total:
            self.stage, self.sent = stage, now
            if _queue is not None:
                _queue.put((self.identity, stage, done, total, cancellable))


@dataclass
class _Cancellable:
    """Progress of what may be given up: raises Cancelled once the server says so."""

    report: _Reporter
    identity: str

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        self.report(stage, done, total, cancellable=True)
        number = _number(self.identity)
        if _given_up is not None and _given_up[number % KEPT] == number:
            raise Cancelled("given up before it was read to the end")
