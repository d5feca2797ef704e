using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Architecture.Tests;

/// <summary>A C# file and the house's rules for it. Each rule gives its faults in words; none means it holds.</summary>
internal sealed class SourceFile(string path, string text)
{
    private const int LinesMax = 400;
    private const int FunctionLinesMax = 70;

    private static readonly string[] Unwanted = ["Manager", "Helper", "Util", "Utils", "Utility", "Common", "Smart", "Enhanced", "Impl"];
    private static readonly string[] Categories = ["Unit", "Integration", "Load", "Simulation", "Chaos"];
    private static readonly string[] TestMarks = ["Fact", "Theory"];

    private readonly SyntaxNode _root = CSharpSyntaxTree.ParseText(text).GetRoot();

    internal static IReadOnlyList<SourceFile> All { get; } = [.. Repository.Files(".cs").Select(path => new SourceFile(path, Repository.Read(path)))];

    internal bool IsTest => path.StartsWith("tests/", StringComparison.Ordinal);

    internal bool IsOfOutbox => path.StartsWith("infra/Weir.Outbox/", StringComparison.Ordinal);

    /// <summary>EF Core writes its migrations; nobody shortens them.</summary>
    private bool IsGenerated => path.Contains("/Migrations/", StringComparison.Ordinal);

    internal IEnumerable<string> Length()
    {
        var lines = text.AsSpan().TrimEnd().Count('\n') + 1;
        if (lines > LinesMax && !IsGenerated)
            yield return $"{path} has {lines} lines; {LinesMax} at most";
    }

    internal IEnumerable<string> FunctionLength()
    {
        foreach (var function in _root.DescendantNodes().Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax))
        {
            var span = function.GetLocation().GetLineSpan();
            var lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
            if (lines > FunctionLinesMax && !IsGenerated)
                yield return $"{path}:{span.StartLinePosition.Line + 1} has a function of {lines} lines; {FunctionLinesMax} at most";
        }
    }

    internal IEnumerable<string> Names()
    {
        var types = _root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.Text);
        foreach (var name in types.Append(Path.GetFileNameWithoutExtension(path)).Distinct())
            if (Words(name).Intersect(Unwanted).FirstOrDefault() is { } word)
                yield return $"{path}: '{name}' contains '{word}', which says nothing";
    }

    internal IEnumerable<string> OneType()
    {
        var types = _root.ChildNodes().Concat(_root.ChildNodes().OfType<BaseNamespaceDeclarationSyntax>().SelectMany(space => space.ChildNodes()))
            .OfType<MemberDeclarationSyntax>().Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax).ToList();
        if (types.Count > 1)
            yield return $"{path} declares {types.Count} types; one concept a file";
    }

    /// <summary>Every test has one category, its own or its class's.</summary>
    internal IEnumerable<string> Category()
    {
        foreach (var method in _root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => Marks(method).Intersect(TestMarks).Any()))
        {
            var categories = method.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().SelectMany(Marks).Intersect(Categories).Count();
            var declared = method.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().SelectMany(Marks).Count(Categories.Contains);
            if (categories != 1 || declared != 1)
                yield return $"{path}: {method.Identifier.Text} carries {declared} categories; exactly one of {string.Join(", ", Categories)}";
        }
    }

    /// <summary>A test waits for an event or moves a clock, and a skipped one says why.</summary>
    internal IEnumerable<string> Sleeps()
    {
        foreach (var call in _root.DescendantNodes().OfType<InvocationExpressionSyntax>())
            if (call.Expression.ToString() is "Thread.Sleep" or "Task.Delay" && !call.ArgumentList.ToString().Contains("clock", StringComparison.OrdinalIgnoreCase))
                yield return $"{path}: {call} sleeps; await an event or move a fake clock";
    }

    /// <summary>Faults are handled by name: a catch of everything hides the next one.</summary>
    internal IEnumerable<string> BareCatch()
    {
        foreach (var handler in _root.DescendantNodes().OfType<CatchClauseSyntax>())
            if (handler.Declaration is null || (handler.Block.Statements.Count == 0 && handler.Filter is null && handler.Declaration.Type.ToString() == "Exception"))
                yield return $"{path}: '{handler.ToString().Split('\n')[0]}' swallows whatever comes";
    }

    /// <summary>The numbers of its log entries: in one process, and in one log, a number is one entry's alone.</summary>
    internal IEnumerable<(string Id, string Of)> EventIds() => _root.DescendantNodes().OfType<AttributeSyntax>()
        .Where(mark => mark.Name.ToString() == "LoggerMessage" && mark.ArgumentList?.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax)
        .Select(mark => (mark.ArgumentList!.Arguments[0].ToString(), path));

    /// <summary>The numbers that several entries have.</summary>
    internal static IEnumerable<string> SharedEventIds(IEnumerable<SourceFile> files) => files.SelectMany(file => file.EventIds())
        .GroupBy(entry => entry.Id).Where(entries => entries.Count() > 1)
        .Select(entries => $"event {entries.Key} is an entry in {string.Join(" and in ", entries.Select(entry => entry.Of))}; a number is one entry's alone");

    private static IEnumerable<string> Marks(MemberDeclarationSyntax member) =>
        member.AttributeLists.SelectMany(list => list.Attributes).Select(attribute => attribute.Name.ToString().Split('.')[^1]);

    /// <summary>The words of a PascalCase name.</summary>
    private static IEnumerable<string> Words(string name)
    {
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
            if (i == name.Length || (char.IsUpper(name[i]) && !char.IsUpper(name[i - 1])) || name[i] is '.' or '_')
            {
                yield return name[start..i].Trim('.', '_');
                start = i;
            }
    }
}
