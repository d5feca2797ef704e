using Weir.Outbox.Delivery;
using Weir.Testing.Traits;

namespace Weir.Outbox.Tests.Parts;

[Unit]
public sealed class StoredHeadersTests
{
    private static readonly DateTime Since = new(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(null)]
    [InlineData("""{"a":"b","n":1}""")]
    [InlineData("{ no json")]
    [InlineData("[1,2]")]
    public void ReasonAddedAndRemoved_LeavesHeadersAsTheyWere(string? headers)
    {
        var aside = StoredHeaders.Add(headers, "because", Since);

        Assert.Equal(("because", Since), StoredHeaders.Read(aside));
        Assert.Equal(headers, StoredHeaders.Remove(aside));
    }
}
