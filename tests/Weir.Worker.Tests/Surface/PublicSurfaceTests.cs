using System.Xml.Linq;
using Weir.Testing.Traits;

namespace Weir.Worker.Tests.Surface;

[Unit]
public sealed class PublicSurfaceTests
{
    [Fact]
    public void Surface_IsTheCommittedOne()
    {
        var now = PublicSurface.Write(typeof(StreamLease).Assembly);
        if (Environment.GetEnvironmentVariable(PublicSurface.Switch) == "1")
            File.WriteAllText(PublicSurface.File, now);

        Assert.Equal(File.ReadAllText(PublicSurface.File), now);
    }

    [Fact]
    public void PlantedChange_IsSeen() =>
        Assert.NotEqual(PublicSurface.Write(typeof(StreamLease).Assembly), PublicSurface.Write(typeof(Ticker.TickerHandler).Assembly));

    [Fact]
    public void DirectDependencies_AreFourAtMost()
    {
        var project = XDocument.Load(Path.Combine(Path.GetDirectoryName(PublicSurface.File)!, "Weir.Worker.csproj"));

        Assert.InRange(project.Descendants("PackageReference").Count(), 1, 4);
    }
}
