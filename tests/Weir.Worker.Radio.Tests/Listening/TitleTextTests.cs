using System.Text;
using Weir.Testing.Traits;
using Weir.Worker.Radio.Listening;

namespace Weir.Worker.Radio.Tests.Listening;

[Unit]
public sealed class TitleTextTests
{
    [Theory]
    [InlineData("StreamTitle='Nina Simone - Sinnerman';StreamUrl='';", "Nina Simone - Sinnerman")]
    [InlineData("StreamTitle='Guns N' Roses - Don't Cry';StreamUrl='http://a';", "Guns N' Roses - Don't Cry")]
    [InlineData("StreamTitle='It's 5'; o'clock';", "It's 5'; o'clock")]
    [InlineData("StreamTitle='a';b';StreamUrl='x';", "a';b")]
    [InlineData("StreamTitle='no end", "no end")]
    [InlineData("StreamTitle='no semicolon'", "no semicolon")]
    [InlineData("StreamTitle='';", "")]
    [InlineData("StreamUrl='first';StreamTitle='second';", "second")]
    [InlineData("StreamTitle='  \u0001spaces\u001b[31m  ';", "spaces[31m")]
    [InlineData("StreamTitle='\uFEFFÆ Ø Å 東京 🎵';", "Æ Ø Å 東京 🎵")]
    public void Of_Block_GivesItsTitle(string block, string title) => Assert.Equal(title, TitleText.Of([.. Encoding.UTF8.GetBytes(block), 0, 0, 0]));

    [Theory]
    [InlineData("")]
    [InlineData("StreamUrl='x';")]
    [InlineData("StreamTitle=")]
    public void Of_BlockWithoutATitle_IsNull(string block) => Assert.Null(TitleText.Of(Encoding.UTF8.GetBytes(block)));

    [Fact]
    public void Of_OtherEncodings_ReadAsWestern()
    {
        Assert.Equal("Beyoncé – Déjà", TitleText.Of([.. "StreamTitle='Beyonc"u8, 0xE9, (byte)' ', 0x96, (byte)' ', (byte)'D', 0xE9, (byte)'j', 0xE0, .. "';"u8]));
        Assert.Equal("\u201Cquoted\u201D", TitleText.Of([.. "StreamTitle='"u8, 0x93, .. "quoted"u8, 0x94, .. "';"u8]));
    }

    [Fact]
    public void Of_AllBytesThereAre_NeverThrowsAndHoldsNoControlCharacter()
    {
        byte[] all = [.. "StreamTitle='"u8, .. Enumerable.Range(0, 256).Select(value => (byte)value), .. "';"u8];

        Assert.DoesNotContain(TitleText.Of(all)!, char.IsControl);
    }

    [Fact]
    public void Of_LongTitle_IsCutBetweenCharacters()
    {
        var title = TitleText.Of(Encoding.UTF8.GetBytes($"StreamTitle='{new string('x', 499)}🎵🎵';"));

        Assert.Equal(new string('x', 499), title);
    }
}
