using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Weir.Diagnostics.Access;

/// <summary>The one key that every change needs. Only its hash is kept; comparing takes as long whatever differs.</summary>
internal sealed class OperatorKey(IOptions<DiagnosticsOptions> options, ILogger<OperatorKey> logger) : IHostedLifecycleService
{
    private const string Scheme = "Bearer ";
    private byte[] _hash = [];

    /// <summary>Whether an Authorization header carries it.</summary>
    internal bool IsIn(string? authorization) =>
        _hash.Length > 0
        && authorization is not null
        && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Hash(authorization[Scheme.Length..].Trim()), _hash);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(options.Value.KeyFile);
        var (key, isNew) = KeyFile.Open(path);
        _hash = Hash(key);
        if (isNew) DiagnosticsLog.KeyMade(logger, path);
        else DiagnosticsLog.KeyFound(logger, path);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
