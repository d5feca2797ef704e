#!/usr/bin/env bash
# Measures what the running system reaches, with real processes on loopback, each figure beside its goal.
# tests/figures.sh [--short] [--json] [--row NAME]...
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
for project in services/Weir.Registry services/Weir.Orchestrator services/Weir.Worker.Ticker tests/Weir.Checker tests/Weir.Figures; do
    dotnet build "$project" -c Release -v quiet --nologo >&2
done
exec artifacts/bin/Weir.Figures/release/Weir.Figures "$@"
