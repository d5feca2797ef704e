using System.Xml.Linq;

namespace Weir.Architecture.Tests;

/// <summary>A project file and what it references.</summary>
/// <param name="Path">From the root.</param>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Projects">Names of the projects it references.</param>
/// <param name="Packages">Names of the packages it references.</param>
internal sealed record Project(string Path, string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    internal static IReadOnlyList<Project> All { get; } = [.. Repository.Files(".csproj").Select(path => Parse(path, Repository.Read(path)))];

    /// <summary>The folder at the root: contracts, services, infra or tests.</summary>
    internal string Room => Path.Split('/')[0];

    internal static Project Parse(string path, string xml)
    {
        var items = XDocument.Parse(xml).Descendants().ToList();
        return new(
            path,
            System.IO.Path.GetFileNameWithoutExtension(path),
            [.. Included("ProjectReference").Select(reference => System.IO.Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))],
            [.. Included("PackageReference")]);

        IEnumerable<string> Included(string item) =>
            items.Where(element => element.Name.LocalName == item).Select(element => element.Attribute("Include")!.Value);
    }
}
