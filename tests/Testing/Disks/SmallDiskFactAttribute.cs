namespace Siamese.Testing.Disks;

/// <summary>A fact about a disk that is full; skipped where no small one can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.Unavailable;
}
