namespace Siamese.Contracts.Access;

/// <summary>What a caller may do. Each role includes those before it.</summary>
public enum Role
{
    /// <summary>Ask for verdicts, identify, and watch sweeps.</summary>
    Ask,

    /// <summary>Give feedback, and enroll or forget names.</summary>
    Teach,

    /// <summary>Upload data, train, evaluate, and export and import ensembles.</summary>
    Train,

    /// <summary>Recalibrate, and remove sweeps and ensembles.</summary>
    Administer,
}
