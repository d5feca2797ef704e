using System.Diagnostics;
using System.Globalization;
using Weir.Figures.Fleet;
using Weir.Figures.Ticks;
using Weir.Persistence.Settings;
using Weir.Testing.Network;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Figures.Rows;

/// <summary>How long the HTTP API takes to answer, one question after the other, at 100 workers x 10,000 streams.</summary>
internal static class ApiRows
{
    private const int Workers = 100;
    private const int Streams = 10_000;

    private static readonly (string Name, string Path, double GoalMs)[] Questions =
    [
        ("status", "/api/v1/status", 50),
        ("streams", "/api/v1/streams?limit=200", 100),
        ("streams by load", "/api/v1/streams?sort=-load&limit=200", 100),
        ("streams of a worker", "/api/v1/streams?worker=worker-050&state=running", 100),
        ("streams by text", "/api/v1/streams?q=0999", 100),
        ("workers", "/api/v1/workers?sort=-load", 100),
        ("migrations", "/api/v1/migrations?limit=200", 100),
        ("one stream", "/api/v1/streams/stream-05000", 100),
    ];

    public static async Task<IReadOnlyList<Figure>> AnswerAsync(Stage stage, CancellationToken cancel)
    {
        var server = stage.Keep(await TestServers.OwnDatabaseAsync(cancel));
        var postgres = await Programs.DatabaseAsync(server, cancel);
        var folder = Directory.CreateTempSubdirectory("weir-figures-api-").FullName;
        var figures = new List<Figure>();
        foreach (var (kind, address) in new[] { (DatabaseKind.Postgres, postgres), (DatabaseKind.Sqlite, $"Data Source={Path.Combine(folder, "weir.db")}") })
        {
            await StoredFleet.WriteAsync(kind, address, Workers, Streams, TimeProvider.System.GetUtcNow().UtcDateTime, cancel);
            figures.AddRange(await AskAsync(stage, kind, address, folder, cancel));
        }

        Directory.Delete(folder, recursive: true);
        return figures;
    }

    private static async Task<List<Figure>> AskAsync(Stage stage, DatabaseKind kind, string address, string folder, CancellationToken cancel)
    {
        using var reservation = PortReservation.Take();
        var port = reservation.Port;
        await using var program = await ChildProgram.StartAsync($"diagnostics-{kind}", Programs.Of("Weir.Diagnostics"), [], Told(kind, address, folder, port), cancel);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Eventually.TrueAsync("the API to answer", token => IsReadyAsync(http, token), TimeSpan.FromSeconds(60), cancel);
        var figures = new List<Figure>();
        foreach (var (name, path, goal) in Questions)
        {
            var took = new List<double>();
            var (warm, rounds) = (20, stage.Rounds(500, 100));
            for (var round = 0; round < warm + rounds; round++)
            {
                var begun = Stopwatch.GetTimestamp();
                await http.GetByteArrayAsync(new Uri(path, UriKind.Relative), cancel);
                if (round >= warm) took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            var spread = new Spread(took);
            figures.Add(stage.Told($"{kind}: {name}, median, ms", spread.At(0.5)));
            figures.Add(stage.AtMost($"{kind}: {name}, p99, ms", spread.At(0.99), goal));
        }

        return figures;
    }

    private static Dictionary<string, string?> Told(DatabaseKind kind, string address, string folder, int port) => new(StringComparer.Ordinal)
    {
        ["DOTNET_gcServer"] = "0",
        ["Weir__Bus__Transport"] = "InMemory",
        ["Weir__Store__Kind"] = $"{kind}",
        ["Weir__Store__ConnectionString"] = address,
        ["Weir__Diagnostics__Port"] = port.ToString(CultureInfo.InvariantCulture),
        ["Weir__Diagnostics__KeyFile"] = Path.Combine(folder, "operator.key"),
    };

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancel)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
