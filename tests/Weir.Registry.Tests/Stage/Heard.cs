using System.Collections.Concurrent;
using Weir.Testing.Waiting;

namespace Weir.Registry.Tests.Stage;

/// <summary>What a worker in this process heard.</summary>
internal sealed class Heard
{
    private readonly ConcurrentQueue<object> _messages = new();

    internal void Add(object message) => _messages.Enqueue(message);

    internal IReadOnlyList<T> All<T>() => [.. _messages.OfType<T>()];

    internal Task<T> FirstAsync<T>(Func<T, bool> which)
        where T : class => Eventually.GetAsync(
            $"a {typeof(T).Name} (heard so far: {string.Join(", ", _messages.Select(message => message.GetType().Name))})",
            _ => Task.FromResult(All<T>().FirstOrDefault(which)),
            TimeSpan.FromSeconds(20),
            TestContext.Current.CancellationToken);
}
