/* SPDX-License-Identifier: MIT */
/* builtin: the shipped model as bytes of the program (`make static`); see installed.c.
 * A model is used in place, hence the alignment. */
    .section .rodata
    .balign 16
    .globl stance_builtin_model
stance_builtin_model:
    .incbin STANCE_BUILTIN
stance_builtin_model_end:
    .balign 8
    .globl stance_builtin_model_len
stance_builtin_model_len:
    .8byte stance_builtin_model_end - stance_builtin_model
    .section .note.GNU-stack, "", %progbits
