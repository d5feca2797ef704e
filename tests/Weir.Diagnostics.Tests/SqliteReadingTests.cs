using Weir.Diagnostics.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Diagnostics.Tests;

/// <summary>On a file.</summary>
[Unit]
[Slow]
public sealed class SqliteReadingTests(SqliteStage stage) : ReadingScenarios(stage), IClassFixture<SqliteStage>;
