"""Takes a request up, or goes on with those under way: the host asks once, the schedule sees to the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from functions.erasure.ports import Erasures
from shared.domain.erasures import Erasure, Subject, SubjectKind
from shared.domain.errors import ErasureUnfinished, MalformedMessage
from shared.domain.expenses import is_company_id
from shared.domain.timestamps import Clock
from shared.doorbells.backoff import next_try_after

CALLS_END_WITHIN = timedelta(minutes=16)
"""So long nobody else takes up a request that is worked on: the function's timeout and a minute."""


Erase: TypeAlias = Callable[[Erasure, Callable[[], bool]], None]
"""Works on one request. Raises ErasureUnfinished where it goes on later."""


@dataclass(slots=True)
class WorkedOff:
    """What one run came to. `failures` by pseudonym: they are tried again, later and later."""

    completed: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    failures: dict[str, Exception] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkOffErasures:
    """`request` is the host's call, `go_on` the schedule's."""

    erasures: Erasures
    erase: Erase
    clock: Clock

    def request(self, subject: Subject, has_time: Callable[[], bool]) -> WorkedOff:
        """Note the request, and begin. Raises AwsUnavailable where it could not even be noted."""
        worked_off = WorkedOff()
        erasure = self.erasures.request(subject, self.clock())
        if erasure.next_try > self.clock():
            worked_off.unfinished.append(erasure.pseudonym)
        else:
            self._work_on(erasure, has_time, worked_off)
        return worked_off

    def go_on(self, has_time: Callable[[], bool]) -> WorkedOff:
        """All that is due. Raises AwsUnavailable where it cannot be told what that is."""
        worked_off = WorkedOff()
        for erasure in self.erasures.due(self.clock()):
            if not has_time():
                break
            self._work_on(erasure, has_time, worked_off)
        return worked_off

    def _work_on(self, erasure: Erasure, has_time: Callable[[], bool], worked_off: WorkedOff) -> None:
        pseudonym = erasure.pseudonym
        try:
            self.erasures.put_off(erasure, tries=erasure.tries, next_try=self.clock() + CALLS_END_WITHIN)
            self.erase(erasure, has_time)
            worked_off.completed.append(pseudonym)
        except ErasureUnfinished as unfinished:
            self.erasures.put_off(erasure, tries=0, next_try=unfinished.until)
            worked_off.unfinished.append(pseudonym)
        except Exception as error:  # noqa: BLE001 - one failing request must not keep the others waiting
            worked_off.failures[pseudonym] = error
            tries = erasure.tries + 1
            self.erasures.put_off(erasure, tries=tries, next_try=next_try_after(self.clock(), tries))


def subject_of(event: object) -> Subject | None:
    """Whom the host wants forgotten, None for the schedule's event. Raises MalformedMessage."""
    if not isinstance(event, dict):
        raise MalformedMessage("neither the host's request nor the schedule's event")
    named = [kind for kind in SubjectKind if f"{kind.value}_id" in event]
    if not named and event.get("source") == "aws.events":
        return None
    if len(named) != 1:
        raise MalformedMessage("names neither one user nor one company")
    subject_id = event[f"{named[0].value}_id"]
    if not is_company_id(subject_id):
        raise MalformedMessage("not an id of the host's")
    return Subject(named[0], subject_id)
