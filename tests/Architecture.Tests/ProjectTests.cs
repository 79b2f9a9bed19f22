using ArchUnitNET.xUnit;
using Mono.Cecil;
using Mono.Cecil.Cil;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Siamese.Architecture.Tests;

/// <summary>What each project may depend on: Contracts ← Model ← Grains ← Silo, Contracts ← Web ← Page ← Silo, Contracts ← Plots ← Page, and Contracts ← Plots ← Client. Model ← Backbones, which nothing depends on.</summary>
public sealed class ProjectTests
{
    [Theory]
    [InlineData("Contracts|Model|Grains|Plots|Web|Page|Silo|Client", "Backbones")]
    [InlineData("Backbones", "Grains|Plots|Web|Page|Silo|Client")]
    [InlineData("Contracts", "Model|Grains|Plots|Web|Page|Silo|Client")]
    [InlineData("Model", "Grains|Plots|Web|Page|Silo|Client")]
    [InlineData("Grains", "Plots|Web|Page|Silo|Client")]
    [InlineData("Plots", "Model|Grains|Web|Page|Silo|Client")]
    [InlineData("Web", "Model|Grains|Plots|Page|Silo|Client")]
    [InlineData("Page", "Model|Grains|Silo|Client")]
    [InlineData("Silo", "Client")]
    [InlineData("Client", "Model|Grains|Web|Page|Silo")]
    public void A_project_depends_only_on_those_below_it(string project, string others) =>
        Types().That().ResideInNamespaceMatching($@"^Siamese\.({project})(\.|$)")
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching($@"^Siamese\.({others})(\.|$)")
            .Check(Assemblies.All);

    [Fact]
    public void The_model_knows_nothing_of_Orleans() =>
        Assert.DoesNotContain(Assemblies.Read("Siamese.Model").MainModule.AssemblyReferences, reference => reference.Name is "Orleans.Core" or "Orleans.Runtime" or "Orleans.Core.Abstractions");

    [Fact]
    public void Only_Contracts_and_Client_make_up_the_client() =>
        Assert.DoesNotContain(
            Assemblies.Read("client").MainModule.AssemblyReferences,
            reference => reference.Name is "Siamese.Model" or "Siamese.Grains" or "silo" or "TorchSharp");

    [Theory, InlineData("Siamese.Model"), InlineData("Siamese.Grains"), InlineData("Siamese.Backbones")]
    public void Only_the_client_and_the_silo_name_command_line_options(string assembly)
    {
        var named = Assemblies.Instructions(Assemblies.Read(assembly))
            .Where(at => at.Instruction.OpCode == OpCodes.Ldstr && ((string)at.Instruction.Operand).Contains("--", StringComparison.Ordinal))
            .Select(at => $"{at.Method.DeclaringType.FullName}: {at.Instruction.Operand}");

        Assert.Equal([], named);
    }

    [Fact]
    public void Contracts_has_no_grain_method_that_nobody_outside_the_grains_calls()
    {
        var offered = Assemblies.Read("Siamese.Contracts").MainModule.Types
            .Where(type => type.IsInterface && type.Name.EndsWith("Grain", StringComparison.Ordinal))
            .SelectMany(type => type.Methods.Where(method => method.IsAbstract).Select(method => $"{type.Name}.{method.Name}"))
            .ToList();
        var called = new[] { "client", "Siamese.Web", "Siamese.Page" }.SelectMany(name => Assemblies.Instructions(Assemblies.Read(name)))
            .Select(at => at.Instruction.Operand).OfType<MethodReference>()
            .Select(method => $"{method.DeclaringType.Name}.{method.Name}")
            .ToHashSet();

        Assert.NotEmpty(offered);
        Assert.Equal([], offered.Where(method => !called.Contains(method)));
    }
}
