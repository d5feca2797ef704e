using Weir.Testing.Traits;

namespace Weir.Architecture.Tests;

[Unit]
public sealed class ReferenceTests
{
    [Fact]
    public void EveryProject_ReferencesOnlyWhatTheTableAllows() =>
        Assert.Empty(Project.All.SelectMany(ReferenceTable.Faults));

    [Theory]
    [InlineData("contracts/Weir.Contracts", "<ProjectReference Include='../../services/Weir.Core/Weir.Core.csproj' />")]
    [InlineData("services/Weir.Core", "<PackageReference Include='Polly.Core' />")]
    [InlineData("infra/Weir.Outbox", "<ProjectReference Include='..\\Weir.Persistence\\Weir.Persistence.csproj' />")]
    [InlineData("services/Weir.Registry", "<ProjectReference Include='../Weir.Orchestrator/Weir.Orchestrator.csproj' />")]
    [InlineData("services/Weir.Unheard", "")]
    public void PlantedReference_IsAFault(string project, string item)
    {
        var planted = Project.Parse($"{project}/{Path.GetFileName(project)}.csproj", $"<Project><ItemGroup>{item}</ItemGroup></Project>");

        Assert.Single(ReferenceTable.Faults(planted));
    }

    [Fact]
    public void EveryProject_IsInTheSolution()
    {
        var solution = Repository.Read("Bus.sln").Replace('\\', '/');

        Assert.All(Project.All, project => Assert.Contains($"\"{project.Path}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryProject_StandsInItsRoomUnderItsOwnName() =>
        Assert.All(Project.All, project =>
        {
            var room = Path.GetDirectoryName(Path.GetDirectoryName(project.Path)!)!.Replace('\\', '/');
            Assert.Equal(project.Name, project.Path.Split('/')[^2]);
            Assert.Contains(room, (string[])["contracts", "services", "infra", "tests", "compose/samples"]);
        });

    [Fact]
    public void EveryProject_LocksItsPackages() =>
        Assert.All(Project.All, project => Assert.True(
            File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(project.Path)!, "packages.lock.json")),
            $"{project.Path} has no packages.lock.json"));

    [Fact]
    public void NoServiceReferencesATestProject() =>
        Assert.All(
            Project.All.Where(project => project.Room != "tests"),
            project => Assert.DoesNotContain(project.Projects, Project.All.Where(other => other.Room == "tests").Select(other => other.Name).Contains));
}
