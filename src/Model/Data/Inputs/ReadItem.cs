namespace Siamese.Model.Data.Inputs;

/// <summary>Reads an item of a data set. Called on any thread, and perhaps again.</summary>
/// <param name="index">Which item.</param>
/// <param name="input">The shape to read it to.</param>
/// <param name="bytes">Receives it.</param>
/// <returns>False if it cannot be read.</returns>
public delegate bool ReadItem(int index, InputShape input, Span<byte> bytes);
