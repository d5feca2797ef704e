namespace Weir.Benchmarks.Outbox;

/// <summary>The command: write a row, publish a <see cref="Happened"/>.</summary>
public sealed record DoWork(int Number, string Text);
