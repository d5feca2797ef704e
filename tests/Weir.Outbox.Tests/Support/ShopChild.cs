using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Weir.Outbox.TestHost.Shop;
using Weir.Testing.Waiting;

namespace Weir.Outbox.Tests.Support;

/// <summary>A shop as a process of its own.</summary>
internal sealed partial class ShopChild : IAsyncDisposable
{
    private const int SigContinue = 18;
    private readonly Process _process;

    private ShopChild(Process process) => _process = process;

    public static async Task<ShopChild> StartAsync(ShopSettings settings, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Weir.Outbox.TestHost"))
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(JsonSerializer.Serialize(settings));
        var child = new ShopChild(Process.Start(start)!);
        await child.SaysAsync("READY", cancel);
        return child;
    }

    /// <summary>Reads its output up to a line.</summary>
    public async Task SaysAsync(string line, CancellationToken cancel)
    {
        using var bound = Patience.Limit(TimeSpan.FromSeconds(60), cancel);
        while (await _process.StandardOutput.ReadLineAsync(bound.Token) is { } said)
            if (said == line) return;
        throw new InvalidOperationException($"The child ended before it said {line}; its exit code is {(_process.HasExited ? _process.ExitCode : null)}");
    }

    /// <returns>137 where SIGKILL ended it.</returns>
    public async Task<int> EndsAsync(CancellationToken cancel)
    {
        using var bound = Patience.Limit(TimeSpan.FromSeconds(60), cancel);
        await _process.WaitForExitAsync(bound.Token);
        return _process.ExitCode;
    }

    /// <summary>Lets a stopped child go on.</summary>
    public void Continue() => _ = Signal(_process.Id, SigContinue);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
