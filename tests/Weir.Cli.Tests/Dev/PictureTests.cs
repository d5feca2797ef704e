using Weir.Cli.Dev.Reading;
using Weir.Cli.Dev.Showing;
using Weir.Testing.Files;
using Weir.Testing.Traits;

namespace Weir.Cli.Tests.Dev;

/// <summary>The picture is a function of what is known: each is compared with the one that was looked at. WEIR_UPDATE_PICTURES=1 writes them anew.</summary>
[Unit]
public sealed class PictureTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("WEIR_UPDATE_PICTURES") == "1";

    public static TheoryData<string, int, int> Pictures { get; } = new()
    {
        { "quiet", 80, 24 }, { "quiet", 200, 50 }, { "crash", 80, 24 }, { "crash", 200, 50 }, { "forty", 80, 24 }, { "forty", 200, 50 }, { "many", 80, 24 }, { "many", 200, 50 }, { "help", 80, 24 },
        { "away", 80, 24 }, { "empty", 80, 24 },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Picture_AtASize_IsTheOneLookedAt(string name, int width, int height)
    {
        var drawn = Draw(name, width, height).ToText() + "\n";
        var file = Path.Combine(RepositoryRoot.Path, "tests", "Weir.Cli.Tests", "Dev", "Pictures", $"{name}-{width}x{height}.txt");
        if (Update)
            File.WriteAllText(file, drawn);

        Assert.Equal(File.ReadAllText(file), drawn, ignoreLineEndingDifferences: true);
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Picture_AtASize_FitsIt(string name, int width, int height)
    {
        var lines = Draw(name, width, height).ToText().Split('\n');

        Assert.True(lines.Length <= height, $"{name} has {lines.Length} lines of {height}");
        Assert.All(lines, line => Assert.True(line.Length <= width, $"{line.Length} columns of {width}: {line}"));
    }

    [Fact]
    public void Picture_EverySize_IsDrawnWithinIt()
    {
        for (var (width, height) = (1, 1); width < 260; (width, height) = (width + 7, width / 4 + 1))
            foreach (var scene in new[] { Scene.Empty, Scenes.Quiet, Scenes.Crash, Scenes.Of(39), Scenes.Of(41), Scenes.Of(200) })
            {
                var lines = Picture.Draw(scene, Scenes.Stage, Scenes.Now, width, height).ToText().Split('\n');
                Assert.True(lines.Length <= height && lines.All(line => line.Length <= width), $"{width}x{height} with {scene.Workers.Count} workers does not fit");
            }
    }

    [Fact]
    public void Terminal_WithoutColour_HasNoColourCodes()
    {
        var plain = Draw("crash", 80, 24).ToTerminal(colour: false);
        var colour = Draw("crash", 80, 24).ToTerminal(colour: true);

        Assert.DoesNotMatch(@"\e\[[0-9;]*m", plain);
        Assert.Contains("\e[36m", colour, StringComparison.Ordinal);
    }

    [Fact]
    public void Crash_WithoutColour_StillSaysWhatIsLost()
    {
        var text = Draw("crash", 80, 24).ToText();

        Assert.Contains("LOST 1.3 s", text, StringComparison.Ordinal);
        Assert.Contains("silent 0.4 s", text, StringComparison.Ordinal);
        Assert.Contains("unowned 17", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_WithControlCharacters_HarmsNoTerminal()
    {
        var hostile = Scenes.Quiet with { Unowned = [new("s\e[2Jx\a", "new", TimeSpan.Zero)] };

        var text = Picture.Draw(hostile, Scenes.Stage, Scenes.Now, 80, 24).ToText();

        Assert.DoesNotContain('\e', text);
        Assert.DoesNotContain('\a', text);
    }

    private static Paper Draw(string name, int width, int height)
    {
        var (scene, stage) = name switch
        {
            "quiet" => (Scenes.Quiet, Scenes.Stage),
            "crash" => (Scenes.Crash, Scenes.Stage with { Note = "w3 crashed" }),
            "forty" => (Scenes.Of(40), Scenes.Stage),
            "many" => (Scenes.Of(120), Scenes.Stage),
            "help" => (Scenes.Quiet, Scenes.Stage with { Explains = true }),
            "away" => (Scenes.Quiet with { ReadAt = Scenes.Now - TimeSpan.FromSeconds(7) }, Scenes.Stage with { Bus = "127.0.0.1:5672", BusTrouble = "no broker answers", Store = "Postgres", StoreTrouble = "connection refused" }),
            _ => (Scene.Empty with { ReadAt = Scenes.Now }, Scenes.Stage),
        };
        return Picture.Draw(scene, stage, Scenes.Now, width, height);
    }
}
