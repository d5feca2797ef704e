using System.Text;
using Weir.Testing.Radio;
using Weir.Testing.Traits;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Tests.Tuning;

[Unit]
public sealed class FirstBytesTests
{
    [Fact]
    public void Of_SoundFromAnyByteOn_IsAudio()
    {
        var sound = SoundFrames.Of(40);

        for (var from = 0; from < SoundFrames.FrameBytes; from++)
            Assert.Equal(ContentKind.Audio, FirstBytes.Of(sound.AsSpan(from, FirstBytes.Wanted)));
    }

    [Theory]
    [InlineData("OggS\0\u0002", "Audio")]
    [InlineData("fLaC\0", "Audio")]
    [InlineData("ID3\u0004", "Audio")]
    [InlineData("\uFEFF#EXTM3U\n", "Playlist")]
    [InlineData("  [Playlist]\r\n", "Playlist")]
    [InlineData("http://a.example/", "Playlist")]
    [InlineData("<html>", "Other")]
    [InlineData("\r\n<?xml version=\"1.0\"?>", "Other")]
    [InlineData("{\"a\":1}", "Other")]
    [InlineData("PK\u0003\u0004", "Other")]
    [InlineData("", "Unknown")]
    [InlineData("hello", "Unknown")]
    public void Of_Beginning_IsOfItsKind(string text, string kind) => Assert.Equal(kind, FirstBytes.Of(Encoding.UTF8.GetBytes(text)).ToString());

    [Fact]
    public void Of_SetBitsAlone_AreNoSound()
    {
        var bytes = new byte[FirstBytes.Wanted];
        Array.Fill(bytes, (byte)0xFF);

        Assert.Equal(ContentKind.Unknown, FirstBytes.Of(bytes));
    }

    [Theory]
    [InlineData("audio/mpeg", "Audio")]
    [InlineData("AUDIO/AACP; charset=UTF-8", "Audio")]
    [InlineData("application/ogg", "Audio")]
    [InlineData("audio/x-mpegurl", "Playlist")]
    [InlineData("audio/x-scpls;charset=utf-8", "Playlist")]
    [InlineData(null, "Unknown")]
    [InlineData("text/plain", "Unknown")]
    [InlineData("text/html", "Other")]
    [InlineData("video/mp4", "Other")]
    public void ContentType_Says_WhatItIs(string? type, string kind) => Assert.Equal(kind, ContentTypes.Of(type).ToString());
}
