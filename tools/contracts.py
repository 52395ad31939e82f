"""Import contracts that fit a house whose rooms are furnished one by one.

import-linter's own contracts refuse to name a package that is not there yet. These two know the whole house from the
start, and hold each room from the day it exists.
"""

from typing import Any, cast

import grimp
from importlinter import Contract, ContractCheck, fields, output
from importlinter.application import contract_utils
from importlinter.contracts.layers import LayersContract
from importlinter.domain.imports import ModuleExpression


class RoomLayers(LayersContract):
    """`layers` with containers of which some may not exist yet; those that do are held exactly as written."""

    type_name = "room_layers"

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Hold the containers that are in the graph; a house without any of them keeps the contract."""
        containers = cast(list[ModuleExpression], self.containers)
        self.containers = [c for c in containers if c.expression in graph.modules]
        try:
            if not self.containers:
                return ContractCheck(kept=True, warnings=[], metadata={})
            return super().check(graph, verbose)
        finally:
            self.containers = containers


class OpenRooms(Contract):
    """Of another app only the rooms named as open may be imported.

    Options: `apps` (full module names), `open` (the rooms of each that others may enter), `everywhere` (importers that
    know all), `ignore_imports` (exemptions, import by import).
    """

    type_name = "open_rooms"

    apps = fields.ListField(subfield=fields.StringField())
    open = fields.ListField(subfield=fields.StringField())
    everywhere = fields.ListField(subfield=fields.StringField(), required=False)
    ignore_imports = fields.SetField(subfield=fields.ImportExpressionField(), required=False)

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Find every direct import into a closed room from outside its app."""
        removal = contract_utils.remove_ignored_imports_and_report(
            graph=graph,
            ignore_imports=cast(Any, self.ignore_imports),
            unmatched_alerting=cast(Any, contract_utils.AlertLevel.NONE),
        )
        trespasses = sorted(
            (importer, module)
            for app in cast(list[str], self.apps)
            if app in graph.modules
            for module in self._closed_rooms(graph, app)
            for importer in graph.find_modules_that_directly_import(module)
            if not self._may_enter(importer, app)
        )
        return ContractCheck(
            kept=not trespasses,
            warnings=list(removal.warnings),
            ignored_import_count=removal.ignored_import_count,
            metadata={"trespasses": trespasses},
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each import that enters a closed room."""
        for importer, module in check.metadata["trespasses"]:
            output.print_error(f"{importer} enters {module}, which is not open to other apps", bold=False)
        output.new_line()

    def _closed_rooms(self, graph: grimp.ImportGraph, app: str) -> set[str]:
        opened = tuple(f"{app}.{room}" for room in cast(list[str], self.open))
        modules = {app, *graph.find_descendants(app)}
        return {m for m in modules if not any(m == room or m.startswith(f"{room}.") for room in opened)}

    def _may_enter(self, importer: str, app: str) -> bool:
        houses = [app, *(cast("list[str] | None", self.everywhere) or [])]
        return any(importer == house or importer.startswith(f"{house}.") for house in houses)
