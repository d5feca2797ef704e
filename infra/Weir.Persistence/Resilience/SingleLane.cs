using Microsoft.Extensions.Options;
using Weir.Persistence.Settings;

namespace Weir.Persistence.Resilience;

/// <summary>SQLite has one writer: this process's units of work queue here in order, instead of finding the file busy. PostgreSQL needs no queue.</summary>
internal sealed class SingleLane(IOptions<DatabaseOptions> options) : IDisposable
{
    private readonly SemaphoreSlim? _gate = options.Value.Kind == DatabaseKind.Sqlite ? new SemaphoreSlim(1, 1) : null;

    internal async ValueTask<Turn> EnterAsync(CancellationToken cancel)
    {
        if (_gate is not null) await _gate.WaitAsync(cancel);
        return new Turn(_gate);
    }

    public void Dispose() => _gate?.Dispose();

    /// <summary>Ends with its disposal.</summary>
    internal readonly struct Turn(SemaphoreSlim? gate) : IDisposable
    {
        public void Dispose() => gate?.Release();
    }
}
