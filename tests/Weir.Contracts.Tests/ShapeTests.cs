using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Testing.Traits;

namespace Weir.Contracts.Tests;

/// <summary>Laws that every message keeps.</summary>
[Unit]
public sealed class ShapeTests
{
    private static readonly JsonSerializerOptions AsOnTheBus = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static TheoryData<string> Messages => [.. ContractType.All.Where(type => type.Kind != "enum").Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_WrittenAndRead_IsTheSame(string name)
    {
        var type = TypeOf(name);
        var json = JsonSerializer.Serialize(Sample.Of(type), type, AsOnTheBus);

        var again = JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, AsOnTheBus), type, AsOnTheBus);

        Assert.Equal(json, again);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_WithUnknownFields_IsReadAllTheSame(string name)
    {
        var type = TypeOf(name);
        var json = JsonSerializer.Serialize(Sample.Of(type), type, AsOnTheBus);
        var newer = json.Insert(1, """ "fromTheFuture": { "a": [1, 2] }, """);

        var again = JsonSerializer.Serialize(JsonSerializer.Deserialize(newer, type, AsOnTheBus), type, AsOnTheBus);

        Assert.Equal(json, again);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_WithoutARequiredField_IsRefused(string name)
    {
        var type = TypeOf(name);
        var whole = JsonSerializer.SerializeToNode(Sample.Of(type), type, AsOnTheBus)!.AsObject();
        foreach (var field in ContractType.Of(type).Fields)
        {
            var less = whole.DeepClone().AsObject();
            less.Remove(JsonNamingPolicy.CamelCase.ConvertName(field.Name));

            if (field.IsOptional)
                Assert.NotNull(JsonSerializer.Deserialize(less, type, AsOnTheBus));
            else
                Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(less, type, AsOnTheBus));
        }
    }

    [Fact]
    public void EveryEnum_TravelsByName() =>
        Assert.All(
            ContractType.All.Where(type => type.Kind == "enum"),
            type => Assert.True(TypeOf(type.Name).IsDefined(typeof(JsonConverterAttribute), inherit: false), $"{type.Name} would travel as a number"));

    [Fact]
    public void EveryFactOfAPool_CarriesItsPool() =>
        Assert.All(
            ContractType.All.Where(type => type.Kind is nameof(MessageKind.Fact) or nameof(MessageKind.WakeUp)),
            type => Assert.Contains("Pool", type.Fields.Select(field => field.Name)));

    [Fact]
    public void LargestPart_OfStreamsToStart_FitsTheLimit()
    {
        // Ids of 128 characters and a definition that fills what is left: senders split by bytes as well as by count.
        var grant = new Ownership.StreamGrant(new string('s', 128), (1L << 53) - 1, new string('k', 64), Ownership.StreamClass.Unfenced, 300_000);
        var whole = new Ownership.StartStreams(new string('w', 64), (1L << 53) - 1, [.. Enumerable.Repeat(grant, MessageLimits.StreamsMax)]);

        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(whole, AsOnTheBus).Length, 1, MessageLimits.SentBytesMax);
    }

    private static Type TypeOf(string name) => typeof(MessageAttribute).Assembly.GetType(name, throwOnError: true)!;
}
