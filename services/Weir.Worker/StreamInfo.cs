using System.Text.Json;
using Weir.Contracts.Ownership;

namespace Weir.Worker;

/// <summary>What a stream is, as it was declared.</summary>
public sealed class StreamInfo
{
    private readonly string? _definition;

    internal StreamInfo(StreamGrant grant)
    {
        (Id, Kind, Class) = (grant.StreamId, grant.Kind, grant.Class);
        LocalModeFor = TimeSpan.FromMilliseconds(grant.LocalModeMs);
        _definition = grant.Definition;
    }

    /// <summary>Its name, 1 to 128 characters.</summary>
    public string Id { get; }

    /// <summary>Which handler runs it.</summary>
    public string Kind { get; }

    /// <summary>Whether its sink checks epochs. A Fenced stream counts as started when <see cref="StreamLease.ClaimAsync{T}(IFencedSink{T}, CancellationToken)"/> has returned.</summary>
    public StreamClass Class { get; }

    /// <summary>How long a worker that is cut off may go on with it after its lease, 0 or more.</summary>
    public TimeSpan LocalModeFor { get; }

    /// <summary>What the handler needs to know, as it was declared; <see cref="JsonValueKind.Undefined"/> when nothing was.</summary>
    /// <exception cref="JsonException">What was declared is no JSON.</exception>
    public JsonElement Definition => _definition is null ? default : JsonElement.Parse(_definition);

    /// <summary>The definition as a type of yours, by the web's naming rules (camelCase).</summary>
    /// <exception cref="JsonException">There is none, or it does not have that shape.</exception>
    public T Read<T>() =>
        JsonSerializer.Deserialize<T>(_definition ?? throw new JsonException($"Stream {Id} was declared without a definition"), JsonSerializerOptions.Web)
        ?? throw new JsonException($"The definition of stream {Id} is null");
}
