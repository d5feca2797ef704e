using System.Net;
using Weir.Testing.Traits;
using Weir.Worker.Radio.Http;
using Weir.Worker.Radio.Tests.Stage;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Tests.Hostile;

/// <summary>Addresses that whoever declares a stream must not reach through the worker.</summary>
[Integration]
public sealed class AddressTests
{
    [Theory]
    [InlineData("/live")]
    [InlineData("/redirect")]
    public async Task Tune_PrivateAddress_IsNotConnectedToUnlessAllowed(string path)
    {
        await using var stage = new StationStage(options => options.AllowPrivateAddresses = false);
        stage.Server.Says("/redirect", $"HTTP/1.1 302 Found\r\nLocation: {stage.Server.At("/live")}\r\n\r\n");

        var fault = await stage.FaultAsync(stage.Server.At(path));

        Assert.Equal(TuningFault.PrivateAddress, fault.Fault);
        Assert.Contains("Weir:Radio:AllowPrivateAddresses", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, stage.Server.AskedInAll);
    }

    [Fact]
    public async Task Tune_NameOfAPrivateAddress_IsNotConnectedTo()
    {
        await using var stage = new StationStage(options => options.AllowPrivateAddresses = false);

        var fault = await stage.FaultAsync(new UriBuilder(stage.Server.At("/live")) { Host = "localhost" }.Uri);

        Assert.Equal(TuningFault.PrivateAddress, fault.Fault);
        Assert.Equal(0, stage.Server.AskedInAll);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.0.9")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("198.18.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2001:db8::1")]
    [InlineData("::7f00:1")]
    public void Public_SpecialAddress_IsNot(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.32.0.1")]
    [InlineData("192.169.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2002:808:808::")]
    [InlineData("64:ff9b::808:808")]
    public void Public_OtherAddress_Is(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));
}
