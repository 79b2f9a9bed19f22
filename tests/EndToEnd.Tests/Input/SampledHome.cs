using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Input;

/// <summary>A home with 300 images in `samples`, thirty of each digit, from which tests make their own data.</summary>
public sealed class SampledHome : IAsyncLifetime
{
    public const int PerClass = 30;

    public Home Home { get; } = new();

    /// <summary>The bytes of one image.</summary>
    public byte[] Png => File.ReadAllBytes(Images(0)[0]);

    public async Task InitializeAsync() =>
        (await Home.Client("sample", "--out", "samples", "--count", $"{10 * PerClass}")).Exits(0);

    public async Task DisposeAsync() => await Home.DisposeAsync();

    /// <summary>The images of a digit.</summary>
    public IReadOnlyList<string> Images(int digit) =>
        [.. Directory.EnumerateFiles(Path.Combine(Home.Work, "samples"), $"{digit}-*.png").Order(StringComparer.Ordinal)];

    /// <summary>Makes a folder of images with one folder for each digit.</summary>
    public void CopyClasses(string folder, int perClass = PerClass)
    {
        for (var digit = 0; digit < 10; digit++)
        {
            foreach (var image in Images(digit).Take(perClass))
                Home.WriteFile($"{folder}/{digit}/{Path.GetFileName(image)}", File.ReadAllBytes(image));
        }
    }
}
