using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Weir.ServiceDefaults.Health;

/// <summary>
/// Answers <c>/health/live</c> (200 while the process runs) and <c>/health/ready</c> (200, or 503 while a check is red) on loopback.
/// A few probes a minute need no web server.
/// </summary>
internal sealed class HealthServer(IOptions<HealthOptions> options, HealthCheckService checks, TimeProvider clock, ILogger<HealthServer> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Port == 0) return;
        using var listener = new HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{options.Value.Port}/");
        listener.Start();
        HealthLog.Listening(logger, options.Value.Port);
        await using var stop = stoppingToken.Register(listener.Stop);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await AnswerAsync(await listener.GetContextAsync(), stoppingToken);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or OperationCanceledException or IOException)
            {
                if (!stoppingToken.IsCancellationRequested) HealthLog.NotAnswered(logger, e.Message);
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext asked, CancellationToken stopping)
    {
        using var response = asked.Response;
        response.ContentType = "application/json";
        var (status, body) = asked.Request.Url?.AbsolutePath switch
        {
            "/health/live" => (200, "{\"status\":\"Healthy\"}"),
            "/health/ready" => await ReadyAsync(stopping),
            _ => (404, "{\"status\":\"ask for /health/live or /health/ready\"}"),
        };
        response.StatusCode = status;
        await response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body), stopping);
    }

    private async Task<(int Status, string Body)> ReadyAsync(CancellationToken stopping)
    {
        using var bound = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, stopping);
        try
        {
            var report = await checks.CheckHealthAsync(either.Token);
            var words = report.Entries.Select(entry => new { name = entry.Key, status = entry.Value.Status.ToString(), words = entry.Value.Description, data = entry.Value.Data });
            return (report.Status == HealthStatus.Unhealthy ? 503 : 200, JsonSerializer.Serialize(new { status = report.Status.ToString(), checks = words }));
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            return (503, "{\"status\":\"Unhealthy\",\"checks\":\"not done in time\"}");
        }
    }
}
