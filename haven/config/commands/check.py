"""`haven check`: is this installation safe and complete? One line each; exit status 1 where one is not."""

import argparse
import sys
from importlib import import_module

from haven.config.django_ready import make_ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to print the registers of the reference documents instead."""
    parser.add_argument("--print-registers", action="store_true", help="print the privacy register")


def run(args: argparse.Namespace) -> int:
    """Print a line for each thing looked at."""
    make_ready()
    if args.print_registers:
        sys.stdout.write(import_module("haven.config.registers").privacy_register())
        return 0
    findings = import_module("haven.config.checks").findings()
    for finding in findings:
        sys.stdout.write(f"{'ok   ' if finding.holds else 'WRONG'}  {finding.what}: {finding.words}\n")
    wrong = sum(not finding.holds for finding in findings)
    sys.stdout.write(f"{len(findings) - wrong} in order, {wrong} not\n")
    return 1 if wrong else 0
