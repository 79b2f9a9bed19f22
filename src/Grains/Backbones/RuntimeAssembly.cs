using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Options;
using Siamese.Contracts;
using Siamese.Model.Data.Backbones;

namespace Siamese.Grains.Backbones;

/// <summary>The optional assembly that runs backbones, loaded when the first one is needed. One per silo.</summary>
internal sealed class RuntimeAssembly(IOptions<BackboneOptions> options)
{
    private readonly Lazy<IBackboneRuntime> _runtime = new(() => Load(options.Value.Folder));

    /// <exception cref="BadInputException">It is not there.</exception>
    public IBackboneRuntime Runtime => _runtime.Value;

    private static IBackboneRuntime Load(string folder)
    {
        var path = Path.Combine(folder, BackboneOptions.Assembly + ".dll");
        if (!File.Exists(path))
        {
            throw new BadInputException(
                $"The silo on {Environment.MachineName} cannot run backbones: {BackboneOptions.Assembly}.dll and ONNX Runtime are not in {folder}. Publish src/Backbones to that folder, or train without 'backbone'.");
        }

        var assembly = new Context(path).LoadFromAssemblyPath(path);
        var type = assembly.GetExportedTypes().Single(type => type.IsAssignableTo(typeof(IBackboneRuntime)));
        return (IBackboneRuntime)Activator.CreateInstance(type)!;
    }

    /// <summary>Keeps its own packages apart; what the silo has too is the silo's.</summary>
    private sealed class Context(string path) : AssemblyLoadContext(BackboneOptions.Assembly)
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName name) =>
            name.Name?.StartsWith("Siamese.", StringComparison.Ordinal) is not true && _resolver.ResolveAssemblyToPath(name) is { } own ? LoadFromAssemblyPath(own) : null;

        protected override nint LoadUnmanagedDll(string name) =>
            _resolver.ResolveUnmanagedDllToPath(name) is { } own ? LoadUnmanagedDllFromPath(own) : nint.Zero;
    }
}
