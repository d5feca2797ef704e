using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Mime;
using System.Text.Json;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Asking;

/// <summary>Asks the HTTP API; what goes wrong comes back as an <see cref="ApiException"/> in words.</summary>
internal sealed class ApiClient : IDisposable
{
    private const int AnswerBytesMax = 32 * 1024 * 1024;
    private const int StreamsShownMax = 10;
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly string _keyFile;

    internal ApiClient(Uri address, string keyFile)
    {
        (_address, _keyFile) = (address, keyFile);
        // A proxy for the world is none for this machine, and a redirect would carry the key elsewhere.
        var handler = new SocketsHttpHandler { UseProxy = !address.IsLoopback, AllowAutoRedirect = false, ConnectTimeout = ConnectMax };
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = AnswerMax, MaxResponseContentBufferSize = AnswerBytesMax };
    }

    internal Task<T> GetAsync<T>(string route, CancellationToken cancel) => SendAsync<T>(HttpMethod.Get, route, body: null, KeyUse.None, cancel);

    /// <summary>A change, with the operator's key.</summary>
    internal Task<T> ChangeAsync<T>(HttpMethod method, string route, object? body, CancellationToken cancel) => SendAsync<T>(method, route, body, KeyUse.Needed, cancel);

    internal async Task<T> SendAsync<T>(HttpMethod method, string route, object? body, KeyUse key, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(route, UriKind.Relative));
        if (key != KeyUse.None && await KeyAsync(key, cancel) is { } text)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", text);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), mediaType: null, ApiJson.Options);
        using var answer = await AnswerAsync(request, HttpCompletionOption.ResponseContentRead, cancel);
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancel)
                ?? throw new ApiException(ExitCode.Failed, $"{route} answered with nothing where {typeof(T).Name} was due.");
        }
        catch (JsonException unreadable)
        {
            throw new ApiException(ExitCode.Failed, $"{_address} answers {route} with what this program cannot read: {unreadable.Message} Is it Weir's API, of this version?");
        }
    }

    /// <summary>Opens the stream of events; the caller disposes the answer.</summary>
    internal async Task<HttpResponseMessage> OpenAsync(string route, string? after, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(route, UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypeNames.Text.EventStream));
        if (after is not null && !request.Headers.TryAddWithoutValidation("Last-Event-ID", after))
            throw new InputException("--after", $"'{after}'", "an id as events show it");
        return await AnswerAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, HttpCompletionOption until, CancellationToken cancel)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, until, cancel);
        }
        catch (HttpRequestException away)
        {
            throw new ApiException(ExitCode.Unhealthy, $"No answer from the API at {_address}: {away.Message}. Look whether Weir.Diagnostics runs there, or name its address with --api or {ApiSource.AddressVariable}.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ApiException(ExitCode.TimedOut, $"The API at {_address} did not answer within {AnswerMax.TotalSeconds:0} s.");
        }

        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw new ApiException(CodeOf(answer.StatusCode), await WordsAsync(answer, cancel));
    }

    private async Task<string?> KeyAsync(KeyUse use, CancellationToken cancel)
    {
        try
        {
            return (await File.ReadAllTextAsync(_keyFile, cancel)).Trim();
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return use == KeyUse.IfThere ? null : throw new InputException($"A change needs the operator's key, and {_keyFile} is not there. Name its file with --key-file or {ApiSource.KeyVariable}; the service makes it at its first start.");
        }
    }

    private async Task<string> WordsAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var status = (int)answer.StatusCode;
        try
        {
            if (await answer.Content.ReadFromJsonAsync<Problem>(ApiJson.Options, cancel) is { Title: not null } problem)
            {
                var which = problem.Streams is { Count: > 0 } streams ? $" ({string.Join(", ", streams.Take(StreamsShownMax))}{(streams.Count > StreamsShownMax ? ", …" : "")})" : "";
                var key = answer.StatusCode == HttpStatusCode.Unauthorized ? $" The key came from {_keyFile}." : "";
                return $"{problem.Title}: {problem.Detail}{which}.{key}";
            }
        }
        catch (JsonException)
        {
            // Whoever answered so is not the API; the status has to do.
        }

        return $"{_address} answers with {status} {answer.ReasonPhrase}. Is it Weir's API?";
    }

    private static int CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => ExitCode.NotFound,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCode.Refused,
        HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => ExitCode.Conflict,
        HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout => ExitCode.TimedOut,
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests => ExitCode.Unhealthy,
        HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType => ExitCode.Usage,
        _ => ExitCode.Failed,
    };
}
