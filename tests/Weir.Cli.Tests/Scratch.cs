using System.Text;

namespace Weir.Cli.Tests;

/// <summary>A folder for one test, and the verb run in this process on files in it.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("weir-cli-");

    internal string File(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    internal string Name(string name) => Path.Combine(_folder.FullName, name);

    internal (int Code, string Data, string Words) Run(bool person, params string[] args)
    {
        var data = new StringWriter(new StringBuilder());
        var words = new StringWriter(new StringBuilder());
        var code = Weir.Run(args, new Terminal(data, words, person, Colour: false, Width: 100));
        return (code, data.ToString(), words.ToString());
    }

    internal (int Code, string Data, string Words) Plan(string fleet, params string[] more) =>
        Run(person: false, ["plan", "--input", File("fleet.json", fleet), .. more]);

    public void Dispose() => _folder.Delete(recursive: true);
}
