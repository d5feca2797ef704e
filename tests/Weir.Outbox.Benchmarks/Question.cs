namespace Weir.Outbox.Benchmarks;

/// <summary>One thing to find out, by name.</summary>
internal sealed record Question(string Name, Func<Bench, CancellationToken, Task> Run);
