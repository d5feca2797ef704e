namespace Weir.Persistence.Tests.Stage;

/// <summary>Tests that measure: they run when no others do.</summary>
[CollectionDefinition(nameof(AloneOnTheServer), DisableParallelization = true)]
public sealed class AloneOnTheServer;
