namespace Siamese.Model.Training;

/// <summary>
/// The version of the code that decides a trial's weights. The build writes it: see `build/code-versions.txt`.
/// </summary>
public static partial class CodeVersion;
