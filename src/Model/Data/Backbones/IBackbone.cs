using Siamese.Contracts;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Backbones;

/// <summary>A frozen network that is loaded. Any number of threads may use it at once.</summary>
public interface IBackbone
{
    /// <summary>The images that it takes.</summary>
    ImageShape Input { get; }

    /// <summary>D, the numbers in a vector of features.</summary>
    int Width { get; }

    /// <summary>Name of its file as the user has it, without the extension.</summary>
    string Name { get; }

    /// <summary>The layer whose output it returns.</summary>
    string Layer { get; }

    /// <summary>Computes the features of images on the calling thread and its own.</summary>
    /// <param name="pixels">(B, C, H, W) bytes.</param>
    /// <param name="features">(B, D).</param>
    /// <exception cref="BadInputException">A feature is not a finite number, or the network cannot be run.</exception>
    void Embed(ReadOnlySpan<byte> pixels, Span<float> features);
}

/// <summary>Loads frozen networks. It is in an assembly of its own, which a silo loads if it is there.</summary>
public interface IBackboneRuntime
{
    /// <summary>Loads a network and computes the features of an image.</summary>
    /// <param name="path">Full path of the network's file.</param>
    /// <param name="settings">How images become its input.</param>
    /// <exception cref="BadInputException">It is not such a network, or does not match the settings; the message says what to do.</exception>
    IBackbone Load(string path, Contracts.Backbones.BackboneSettings settings);
}
