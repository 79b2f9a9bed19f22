namespace Siamese.Testing.Machines;

/// <summary>A test on several machines; it is skipped, with the reason, if they cannot be created.</summary>
public sealed class MachinesFactAttribute : FactAttribute
{
    public MachinesFactAttribute() => Skip = MachineCluster.Missing;
}
