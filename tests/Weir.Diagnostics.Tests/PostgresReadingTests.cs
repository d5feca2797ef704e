using Weir.Diagnostics.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Diagnostics.Tests;

/// <summary>On PostgreSQL.</summary>
[Integration]
[Slow]
public sealed class PostgresReadingTests(PostgresStage stage) : ReadingScenarios(stage), IClassFixture<PostgresStage>;
