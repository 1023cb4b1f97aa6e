"""Employee folders in memory, with the conditions that DynamoDB enforces."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from shared.aws.stores.employee_folders import folder_names
from shared.domain.file_names import folded


@dataclass
class FakeEmployeeFolders:
    """What `shared.aws.stores.employee_folders.EmployeeFolders` does."""

    folders: dict[tuple[str, str], str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def folder_for(self, company_id: str, employee_id: str, employee_name: str) -> str:
        with self._lock:
            taken = {folded(name) for (company, _), name in self.folders.items() if company == company_id}
            free = (name for name in folder_names(employee_name) if folded(name) not in taken)
            key = (company_id, employee_id)
            if key not in self.folders:
                self.folders[key] = next(free)
            return self.folders[key]
