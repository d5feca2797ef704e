using Weir.Testing.Traits;

namespace Weir.Bus.Tests;

/// <summary>A broker's address as people write it.</summary>
[Unit]
public sealed class AddressTests
{
    [Theory]
    [InlineData("amqp://host", "host:5672 / guest guest tls=False  ")]
    [InlineData("amqp://u:p@host:7/v", "host:7 v u p tls=False  ")]
    [InlineData("amqp://u%40x:p%2Fq+r%25@host/%2F", "host:5672 / u@x p/q+r% tls=False  ")]
    [InlineData("amqps://u:p@host/v", "host:5671 v u p tls=True  ")]
    [InlineData("amqps://host?cacertfile=%2Fetc%2Fca.pem&server_name_indication=broker.example", "host:5671 / guest guest tls=True /etc/ca.pem broker.example")]
    public void Address_IsReadWhole(string text, string expected)
    {
        var options = new WeirBusOptions();

        AmqpAddress.Read(text)!.Apply(options);

        Assert.Equal(expected, $"{options.Hosts.Single()}:{options.Port} {options.VirtualHost} {options.User} {options.Password} tls={options.UseTls} {options.TlsCaFile} {options.TlsServerName}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("localhost:5672")]
    [InlineData("http://host/")]
    [InlineData("amqp://")]
    [InlineData("amqp://host?cacertfile=/ca.pem")]
    [InlineData("amqps://host?verify=verify_none")]
    [InlineData("amqps://host?cacertfile=a&cacertfile=b")]
    public void WhatIsNone_IsNotRead(string? text) => Assert.Null(AmqpAddress.Read(text));

    [Fact]
    public void Text_HoldsNoPassword() => Assert.Equal("amqp://host:7/v", $"{AmqpAddress.Read("amqp://u:hush-canary@host:7/v?")}");
}
