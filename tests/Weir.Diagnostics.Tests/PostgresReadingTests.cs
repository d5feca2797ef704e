using Weir.Diagnostics.Tests.Stage;

namespace Weir.Diagnostics.Tests;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresReadingTests(PostgresStage stage) : ReadingScenarios(stage), IClassFixture<PostgresStage>;
