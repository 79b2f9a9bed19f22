namespace Siamese.Testing.Disks;

/// <summary>A fact about a full disk; skipped if a small disk cannot be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.Unavailable;
}
