using Weir.Testing.Traits;

namespace Weir.Architecture.Tests;

/// <summary>Each rule holds for every file, and each rule catches what it is for.</summary>
[Unit]
public sealed class SourceTests
{
    [Fact]
    public void NoFile_IsLongerThan400Lines() => Assert.Empty(SourceFile.All.SelectMany(file => file.Length()));

    [Fact]
    public void NoFunction_IsLongerThan70Lines() => Assert.Empty(SourceFile.All.SelectMany(file => file.FunctionLength()));

    [Fact]
    public void NoName_SaysNothing() => Assert.Empty(SourceFile.All.SelectMany(file => file.Names()));

    [Fact]
    public void EveryFile_DeclaresOneType() => Assert.Empty(SourceFile.All.SelectMany(file => file.OneType()));

    [Fact]
    [Seed("run.markers")]
    public void EveryTest_CarriesOneCategory() => Assert.Empty(SourceFile.All.Where(file => file.IsTest).SelectMany(file => file.Category()));

    [Fact]
    public void NoTest_Sleeps() => Assert.Empty(SourceFile.All.Where(file => file.IsTest).SelectMany(file => file.Sleeps()));

    [Fact]
    public void NoCatch_IsBare() => Assert.Empty(SourceFile.All.SelectMany(file => file.BareCatch()));

    // Weir.Outbox is a library of its own, with numbers of its own.
    [Fact]
    public void NoEventId_IsSharedByTwoLogEntries() => Assert.Empty(SourceFile.SharedEventIds(SourceFile.All.Where(file => file is { IsTest: false, IsOfOutbox: false })));

    [Fact]
    public void Planted_SharedEventId_IsAFault()
    {
        const string Entry = "partial class A { [LoggerMessage(7, LogLevel.Debug, \"x\")] static partial void X(ILogger logger); }";

        Assert.Empty(SourceFile.SharedEventIds([new SourceFile("a.cs", Entry)]));
        Assert.Single(SourceFile.SharedEventIds([new SourceFile("a.cs", Entry), new SourceFile("b.cs", Entry)]));
    }

    [Fact]
    public void Planted_LongFile_IsAFault()
    {
        Assert.Empty(new SourceFile("a.cs", Lines(400)).Length());
        Assert.Single(new SourceFile("a.cs", Lines(401)).Length());
    }

    [Fact]
    public void Planted_LongFunction_IsAFault()
    {
        Assert.Empty(new SourceFile("a.cs", $"class A {{\nvoid F() {{{Lines(69)}\n}} }}").FunctionLength());
        Assert.Single(new SourceFile("a.cs", $"class A {{\nvoid F() {{{Lines(71)}\n}} }}").FunctionLength());
    }

    [Theory]
    [InlineData("class StreamManager {}")]
    [InlineData("record SmartPlan;")]
    [InlineData("interface IFooHelper {}")]
    [InlineData("enum JsonUtils {}")]
    [InlineData("class Outer { class CommonThing {} }")]
    public void Planted_Name_IsAFault(string source) => Assert.Single(new SourceFile("a.cs", source).Names());

    [Theory]
    [InlineData("class Implied {}")]
    [InlineData("class Smartphone {}")]
    [InlineData("class Utilisation {}")]
    public void NameThatOnlyBeginsLikeOne_IsNone(string source) => Assert.Empty(new SourceFile("a.cs", source).Names());

    [Theory]
    [InlineData("class A { [Fact] void T() {} }", 1)]
    [InlineData("[Unit] class A { [Fact] void T() {} }", 0)]
    [InlineData("[Unit] class A { [Fact, Load] void T() {} }", 1)]
    [InlineData("class A { [Theory] [Chaos] void T() {} [Fact] void U() {} }", 1)]
    public void Planted_TestWithoutOneCategory_IsAFault(string source, int faults) =>
        Assert.Equal(faults, new SourceFile("tests/a.cs", source).Category().Count());

    [Theory]
    [InlineData("class A { void F() { try { } catch { } } }")]
    [InlineData("class A { void F() { try { } catch (Exception) { } } }")]
    public void Planted_BareCatch_IsAFault(string source) => Assert.Single(new SourceFile("a.cs", source).BareCatch());

    [Fact]
    public void Planted_Sleep_IsAFault() =>
        Assert.Equal(2, new SourceFile("a.cs", "class A { void F() { Thread.Sleep(5); Task.Delay(5); Task.Delay(5, clock); } }").Sleeps().Count());

    [Fact]
    public void Planted_SecondType_IsAFault()
    {
        Assert.Empty(new SourceFile("a.cs", "namespace N; class A { class B {} }").OneType());
        Assert.Single(new SourceFile("a.cs", "namespace N; class A {} record B;").OneType());
    }

    private static string Lines(int count) => string.Join('\n', Enumerable.Repeat("// a line", count));
}
