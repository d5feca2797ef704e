using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Testing.Files;
using Weir.Testing.Traits;

namespace Weir.Documents.Tests.Options;

/// <summary>The page says what the programs take: every section, every option, and nothing stale.</summary>
[Unit]
public sealed partial class OptionsPageTests
{
    private const string Update = "WEIR_UPDATE_OPTIONS";

    [Fact]
    public void Page_IsTheOneThatTheTypesGive()
    {
        var (file, made) = (Path.Combine(RepositoryRoot.Path, OptionsPage.Path), OptionsPage.Write());
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(file, made);

        Assert.True(made == File.ReadAllText(file), $"{OptionsPage.Path} is stale: run Weir.Documents.Tests with {Update}=1 and commit it");
    }

    [Fact]
    public void EverySectionThatASourceNames_IsOnThePage()
    {
        var named = Directory.EnumerateFiles(RepositoryRoot.Path, "*.cs", SearchOption.AllDirectories)
            .Where(file => Rooms().IsMatch(Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/')))
            .SelectMany(file => SectionName().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["section"].Value)
            .Distinct();

        Assert.Empty(named.Except(OptionsPage.Sections.Select(section => section.Name)));
    }

    [Fact]
    public void EveryOption_SaysWhatItIs_AndEveryFigureItsRange()
    {
        var silent = new List<string>();
        foreach (var section in OptionsPage.Sections)
        {
            var texts = OptionTexts.Of(section.Type.Assembly);
            foreach (var option in OptionsPage.Options(section))
            {
                if (texts.Summary(option).Length == 0)
                    silent.Add($"{section.Name}:{option.Name} has no summary");
                var isFigure = option.PropertyType == typeof(int) || option.PropertyType == typeof(double) || option.PropertyType == typeof(TimeSpan);
                if (isFigure && OptionValues.Range(option) is null && !Bounds().IsMatch(texts.Value(option)))
                    silent.Add($"{section.Name}:{option.Name} states no range");
            }
        }

        Assert.Empty(silent);
    }

    [Fact]
    public void EveryStatedRange_IsTheCheckedOne()
    {
        var lies = from section in OptionsPage.Sections
                   let texts = OptionTexts.Of(section.Type.Assembly)
                   from option in OptionsPage.Options(section)
                   let checkedRange = OptionValues.Range(option)
                   let stated = texts.Value(option).Split("Allowed: ", 2)
                   where checkedRange is not null && stated.Length > 1 && !Plain(stated[1]).StartsWith(Plain(checkedRange), StringComparison.Ordinal)
                   select $"{section.Name}:{option.Name} says '{stated[1]}' and checks '{checkedRange}'";

        Assert.Empty(lies);
    }

    [Theory]
    [InlineData("00:00:00.250", "250 ms")]
    [InlineData("00:01:30", "90 s")]
    [InlineData("7.00:00:00", "7 d")]
    [InlineData("00:00:00", "0")]
    public void Time_IsWrittenInItsLargestWholeUnit(string time, string words) => Assert.Equal(words, OptionValues.Time(TimeSpan.Parse(time, CultureInfo.InvariantCulture)));

    // "60 s" and "1 min", "1 year" and "365 d", "1 day" and "1 d", "1,000" and "1000" are the same to a reader.
    private static string Plain(string text) => Bytes().Replace(text, size => Whole(size).ToString(CultureInfo.InvariantCulture))
        .Replace(",", "", StringComparison.Ordinal).Replace("to 60 s", "to 1 min", StringComparison.Ordinal).Replace("1 year", "365 d", StringComparison.Ordinal)
        .Replace(" days", " d", StringComparison.Ordinal).Replace(" day", " d", StringComparison.Ordinal);

    private static long Whole(Match size) =>
        long.Parse(size.Groups["figure"].Value, CultureInfo.InvariantCulture) << (size.Groups["unit"].Value switch { "KiB" => 10, "MiB" => 20, _ => 30 });

    [GeneratedRegex(@"(?<figure>\d+) (?<unit>KiB|MiB|GiB)", RegexOptions.ExplicitCapture)]
    private static partial Regex Bytes();

    [GeneratedRegex("^(services|infra)/(?!.*/obj/)")]
    private static partial Regex Rooms();

    [GeneratedRegex("\"(?<section>Weir:[A-Z][A-Za-z]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex SectionName();

    [GeneratedRegex(@"Allowed: .*\d|[Aa]bove 0, at most")]
    private static partial Regex Bounds();
}
