using System.Collections.Concurrent;
using MassTransit;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests.Bench;

/// <summary>What a test's consumer was given, attempt by attempt, and what it shall do with it.</summary>
internal sealed class Heard<T>
    where T : class
{
    private readonly ConcurrentQueue<ConsumeContext<T>> _attempts = new();
    private int _ended;

    internal IReadOnlyList<ConsumeContext<T>> Attempts => [.. _attempts];

    internal IReadOnlyList<T> Messages => [.. _attempts.Select(attempt => attempt.Message)];

    /// <summary>How many attempts did all that <see cref="Then"/> asks.</summary>
    internal int Ended => Volatile.Read(ref _ended);

    /// <summary>Done with each attempt after it was noted.</summary>
    internal Func<ConsumeContext<T>, Task> Then { get; set; } = _ => Task.CompletedTask;

    internal async Task TakeAsync(ConsumeContext<T> attempt)
    {
        _attempts.Enqueue(attempt);
        await Then(attempt);
        Interlocked.Increment(ref _ended);
    }

    internal Task<T> FirstAsync(Func<T, bool> wanted, TimeSpan? within = null) => Eventually.GetAsync(
        $"a {typeof(T).Name} that is wanted, among {_attempts.Count}",
        _ => Task.FromResult(Messages.FirstOrDefault(wanted)), within ?? BusHost.Bound, TestContext.Current.CancellationToken);
}
