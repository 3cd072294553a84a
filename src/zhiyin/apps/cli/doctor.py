"""``zhiyin doctor``: is everything here sound."""

from __future__ import annotations

from dataclasses import asdict

import typer

from zhiyin.apps.cli.output import AsJson, listing, print_json, say

NAME = "doctor"


def command(context: typer.Context, as_json: AsJson = False) -> None:
    """Check that everything here is sound.

    Looks at Python and the packages, settings, the home folder and its disk, secrets, the database, snapshots, the clock, the
    port of the API, and makes one page. Nothing is made or mended. WARN is what may go wrong later; the exit code is 1 when
    a check fails. docs/doctor.md lists the checks.
    """
    from zhiyin.installation.examination import examine

    findings = [asdict(finding) for finding in examine(context.obj)]
    if as_json:
        print_json(findings)
    else:
        for one in findings:
            style = {"PASS": "green", "WARN": "yellow", "FAIL": "red"}[one["status"]]
            listing([[one["status"], one["check"].ljust(9), one["found"]]], style=style)
        unwell = sum(one["status"] != "PASS" for one in findings)
        say(f"{len(findings)} checks: {unwell or 'none'} not well")
    if any(one["status"] == "FAIL" for one in findings):
        raise typer.Exit(1)
