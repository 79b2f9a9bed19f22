using ArchUnitNET.Loader;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Siamese.Architecture.Tests;

/// <summary>The built projects.</summary>
internal static class Assemblies
{
    private static readonly string[] _names = ["Siamese.Contracts", "Siamese.Model", "Siamese.Grains", "Siamese.Backbones", "Siamese.Plots", "Siamese.Web", "Siamese.Page", "silo", "client"];

    public static ArchUnitNET.Domain.Architecture All { get; } =
        new ArchLoader().LoadAssemblies([.. _names.Select(System.Reflection.Assembly.Load)]).Build();

    public static AssemblyDefinition Read(string name) => AssemblyDefinition.ReadAssembly(System.Reflection.Assembly.Load(name).Location);

    /// <summary>Every instruction of an assembly, with the method that contains it.</summary>
    public static IEnumerable<(MethodDefinition Method, Instruction Instruction)> Instructions(AssemblyDefinition assembly) =>
        from type in assembly.MainModule.GetTypes()
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        select (method, instruction);
}
