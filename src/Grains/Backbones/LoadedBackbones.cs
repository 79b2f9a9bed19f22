using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Model.Data.Backbones;

namespace Siamese.Grains.Backbones;

/// <summary>The backbones that this silo has loaded, the most recently used few. One per silo.</summary>
internal sealed class LoadedBackbones(RuntimeAssembly assembly, DataCache cache, IBlobStore blobs)
{
    /// <summary>Backbones that are kept; each takes about twice the size of its file.</summary>
    private const int MostKept = 4;

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Manifest, Lazy<IBackbone> Loading)> _kept = [];

    /// <summary>Loads a backbone on the calling thread, which waits while another thread loads the same one.</summary>
    /// <param name="manifest">Name of its manifest.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="BadInputException">It is not in the store, or cannot be run.</exception>
    /// <exception cref="DataUnavailableException">This silo cannot get it now.</exception>
    public IBackbone Get(string manifest, string name)
    {
        var loading = Find(manifest, name);
        try
        {
            return loading.Value;
        }
        catch
        {
            lock (_lock)
            {
                if (_kept.FirstOrDefault(kept => kept.Loading == loading) is { Loading: not null } failed)
                    _kept.Remove(failed);
            }

            throw;
        }
    }

    private Lazy<IBackbone> Find(string manifest, string name)
    {
        lock (_lock)
        {
            var found = _kept.FirstOrDefault(kept => kept.Manifest == manifest);
            if (found.Loading is not null)
                _kept.Remove(found);
            else
                found = (manifest, new Lazy<IBackbone>(() => Load(manifest, name)));
            _kept.AddFirst(found);
            // What is evicted may still be in use; the garbage collector frees it.
            if (_kept.Count > MostKept)
                _kept.RemoveLast();
            return found.Loading;
        }
    }

    private IBackbone Load(string manifest, string name)
    {
        var runtime = assembly.Runtime;
        if (!blobs.Missing([manifest], CancellationToken.None).GetAwaiter().GetResult().IsEmpty)
            throw new BadInputException($"The backbone {name} (manifest {manifest}) is not in the store. Submit a sweep with 'backbone' and its file, which puts it there again.");
        return cache.Read(manifest, Open);

        IBackbone Open(string folder, DataManifest files)
        {
            if (!files.Files.Select(file => file.Path).Order(StringComparer.Ordinal).SequenceEqual([BackboneSettings.FileName, BackboneSettings.NetworkName]))
                throw new BadInputException($"The manifest {manifest} is that of other data than a backbone, which has the files {BackboneSettings.FileName} and {BackboneSettings.NetworkName}.");
            if (files.Length > BackboneSettings.MostBytes)
                throw new BadInputException(FormattableString.Invariant($"The backbone {name} has {files.Length / 1e6:F0} MB, more than the maximum of {BackboneSettings.MostBytes / 1e6:F0} MB. Use a smaller network, or one with weights of lower precision."));
            return runtime.Load(Path.Combine(folder, BackboneSettings.NetworkName), BackboneSettings.Read(File.ReadAllBytes(Path.Combine(folder, BackboneSettings.FileName))));
        }
    }
}
