namespace Weir.Benchmarks.Outbox;

/// <summary>One thing to find out, by name.</summary>
internal sealed record Question(string Name, Func<Bench, CancellationToken, Task> Run);
