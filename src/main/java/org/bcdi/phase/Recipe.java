package org.bcdi.phase;

/** Steps of a reconstruction as users write them, such as {@code HIO300/RAAR500/ER200}. */
public record Recipe(String text) {
    /**
     * @param text a recipe, {@code auto} or {@code none}
     * @throws org.bcdi.task.InputException naming the part that is not understood
     */
    public static Recipe parse(String text) {
        return new Recipe(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
