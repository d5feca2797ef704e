using Weir.Diagnostics.Tests.Stage;

namespace Weir.Diagnostics.Tests;

/// <summary>On a file.</summary>
public sealed class SqliteReadingTests(SqliteStage stage) : ReadingScenarios(stage), IClassFixture<SqliteStage>;
