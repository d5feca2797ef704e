using System.Text.Json;
using Weir.Diagnostics.Api;
using Weir.Testing.Waiting;

namespace Weir.Diagnostics.Tests.Stage;

/// <summary>Reads a stream of events, line by line, as a browser does.</summary>
internal sealed class EventClient : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventClient(HttpResponseMessage response, StreamReader reader) => (_response, _reader) = (response, reader);

    /// <summary>The id of the last event.</summary>
    internal string LastId { get; private set; } = "";

    internal static async Task<EventClient> OpenAsync(HttpClient http, string? lastId, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(ApiRoutes.Events, UriKind.Relative));
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var client = new EventClient(response, new StreamReader(await response.Content.ReadAsStreamAsync(cancel)));
        // The first lines say that it listens.
        Assert.Equal("retry: 1000", await client._reader.ReadLineAsync(cancel));
        return client;
    }

    /// <summary>The next event of a name; heartbeats are passed over.</summary>
    internal async Task<JsonElement> NextAsync(string name, Func<JsonElement, bool> fits, CancellationToken cancel)
    {
        using var bound = Patience.Limit(TimeSpan.FromSeconds(20), cancel);
        var found = "";
        while (await _reader.ReadLineAsync(bound.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) LastId = line[4..];
            if (line.StartsWith("event: ", StringComparison.Ordinal)) found = line[7..];
            if (!line.StartsWith("data: ", StringComparison.Ordinal) || found != name) continue;
            var data = JsonElement.Parse(line[6..]);
            if (fits(data)) return data;
        }

        throw new EndOfStreamException($"the stream ended before {name}");
    }

    /// <summary>The next comment.</summary>
    internal async Task<string> CommentAsync(CancellationToken cancel)
    {
        using var bound = Patience.Limit(TimeSpan.FromSeconds(20), cancel);
        while (await _reader.ReadLineAsync(bound.Token) is { } line)
            if (line.StartsWith(':'))
                return line;
        throw new EndOfStreamException("the stream ended before a comment");
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }
}
